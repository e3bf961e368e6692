package dev.berth.serve.lxd;

import dev.berth.contract.Call;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** All features but serve, answered by lambdas; remembers every question. */
public final class FakeFeatures {
    private final Bus bus;
    private final Map<String, Function<Record, Future<?>>> answers = new ConcurrentHashMap<>();
    private final Map<String, List<Record>> asked = new ConcurrentHashMap<>();

    public FakeFeatures(Bus bus) {
        this.bus = bus;
    }

    /** Answers a call from now on. */
    public <Q extends Record, R> void on(Call<Q, R> call, Function<Q, R> answer) {
        onLater(call, question -> Future.succeededFuture(answer.apply(question)));
    }

    /** Answers a call from now on, in its own time. */
    public <Q extends Record, R> void onLater(Call<Q, R> call, Function<Q, Future<R>> answer) {
        boolean isNew = answers.put(call.address(), question -> answer.apply(call.request().cast(question))) == null;
        if (isNew) {
            bus.answer(call, question -> reply(call, question));
        }
    }

    /** Every question so far. */
    public <Q extends Record> List<Q> asked(Call<Q, ?> call) {
        return asked.getOrDefault(call.address(), List.of()).stream().map(call.request()::cast).toList();
    }

    /** The last question. */
    public <Q extends Record> Q lastAsked(Call<Q, ?> call) {
        List<Q> questions = asked(call);
        return questions.get(questions.size() - 1);
    }

    @SuppressWarnings("unchecked") // what was put under the call's address answers that call
    private <Q extends Record, R> Future<R> reply(Call<Q, R> call, Q question) {
        asked.computeIfAbsent(call.address(), address -> new CopyOnWriteArrayList<>()).add(question);
        return (Future<R>) answers.get(call.address()).apply(question);
    }
}
