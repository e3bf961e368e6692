package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Refused;
import java.util.List;

/**
 * What shall become of a write.
 *
 * @param answer what the asker hears when the steps are durable
 * @param steps what changes; empty when nothing does
 * @param news what everybody hears before the answer
 * @param <T> what was asked for
 */
record Decision<T>(Answer<T> answer, List<Step> steps, List<Event> news) {
    Decision {
        steps = List.copyOf(steps);
        news = List.copyOf(news);
    }

    static <T> Decision<T> yes(T value, List<Step> steps, List<Event> news) {
        return new Decision<>(Answer.yes(value), steps, news);
    }

    /** The asker gets what is there already. */
    static <T> Decision<T> unchanged(T value) {
        return new Decision<>(Answer.yes(value), List.of(), List.of());
    }

    static <T> Decision<T> no(Refused refused) {
        return new Decision<>(Answer.no(refused), List.of(), List.of());
    }
}
