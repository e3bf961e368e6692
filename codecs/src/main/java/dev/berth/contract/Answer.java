package dev.berth.contract;

import java.util.function.Function;

/**
 * The usual reply: what was asked for, or a refusal in words for the person who asked.
 *
 * <p>A refusal is an expected outcome, not a failure: the asker decides what to make of it.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> permits Answer.Yes, Answer.No {

    /** What was asked for. */
    record Yes<T>(T value) implements Answer<T> {}

    /** Why it cannot be had. */
    record No<T>(Refused refused) implements Answer<T> {}

    static <T> Answer<T> yes(T value) {
        return new Yes<>(value);
    }

    static <T> Answer<T> no(Refused refused) {
        return new No<>(refused);
    }

    /** The answer of calls that only do something. */
    static Answer<Done> done() {
        return new Yes<>(Done.DONE);
    }

    default <R> R fold(Function<? super T, ? extends R> yes, Function<? super Refused, ? extends R> no) {
        return this instanceof Yes<T> y ? yes.apply(y.value) : no.apply(((No<T>) this).refused);
    }

    /** The same answer with another value. */
    default <R> Answer<R> map(Function<? super T, ? extends R> change) {
        return fold(value -> yes(change.apply(value)), Answer::no);
    }
}
