package dev.berth.kit.bus;

import dev.berth.contract.Answer;
import dev.berth.contract.Call;
import dev.berth.contract.Notice;
import dev.berth.wire.RecordCodec;
import dev.berth.wire.StreamFrameCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed questions and announcements on the event bus. Cheap; make one per verticle. Futures complete on the context
 * they were asked from; handlers run on the context they were registered from.
 */
public final class Bus {
    /** System property: true forces every message through its wire form, also within a JVM. */
    public static final String FORCE_WIRE = "berth.bus.force-wire";

    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final int BROKE = 500;

    private final EventBus eventBus;

    public Bus(Vertx vertx) {
        this.eventBus = vertx.eventBus();
    }

    /** Makes a Vert.x ready for typed messages: call once, before any verticle is deployed. */
    public static void prepare(Vertx vertx) {
        boolean forceWire = Boolean.getBoolean(FORCE_WIRE);
        vertx.eventBus().registerCodec(new RecordCodec(forceWire));
        vertx.eventBus().registerCodec(new StreamFrameCodec(forceWire));
    }

    /** Asks. The future fails when nobody answers in the call's time limit, or when the answerer broke. */
    public <Q extends Record, R> Future<R> ask(Call<Q, R> call, Q question) {
        return eventBus.<R>request(call.address(), question, options(call)).transform(reply -> reply.succeeded()
                ? Future.succeededFuture(reply.result().body())
                : Future.failedFuture(new CallFailed(call.address(), reply.cause())));
    }

    /** Asks, and turns a refusal into a failure with {@link RefusedException}: for chains that pass it on as it is. */
    public <Q extends Record, T> Future<T> require(Call<Q, Answer<T>> call, Q question) {
        return ask(call, question)
                .compose(answer -> answer.fold(
                        Future::succeededFuture, refused -> Future.failedFuture(new RefusedException(refused))));
    }

    /** Answers a call. The future completes when others can ask. */
    public <Q extends Record, R> Future<Void> answer(Call<Q, R> call, Function<? super Q, Future<R>> answerer) {
        MessageConsumer<Q> consumer = call.scope() == Call.Scope.NODE
                ? eventBus.localConsumer(call.address())
                : eventBus.consumer(call.address());
        consumer.handler(message -> reply(call, message, answerer));
        return consumer.completion();
    }

    /** Tells everybody who listens, now or never. */
    public <N extends Record> void announce(Notice<N> notice, N news) {
        eventBus.publish(notice.address(), news, new DeliveryOptions().setCodecName(RecordCodec.NAME));
    }

    /** Listens. The future completes when news can arrive. */
    public <N extends Record> Future<Void> hear(Notice<N> notice, Consumer<? super N> listener) {
        MessageConsumer<N> consumer = eventBus.consumer(notice.address());
        consumer.handler(message -> listener.accept(message.body()));
        return consumer.completion();
    }

    private <Q extends Record, R> void reply(
            Call<Q, R> call, Message<Q> message, Function<? super Q, Future<R>> answerer) {
        answered(message.body(), answerer)
                .onSuccess(reply -> message.reply(reply, options(call)))
                .onFailure(cause -> {
                    LOG.warn("{} broke: {}", call.address(), cause.toString(), cause);
                    message.fail(BROKE, String.valueOf(cause.getMessage()));
                });
    }

    private static <Q, R> Future<R> answered(Q question, Function<? super Q, Future<R>> answerer) {
        try {
            return answerer.apply(question);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static DeliveryOptions options(Call<?, ?> call) {
        return new DeliveryOptions()
                .setCodecName(RecordCodec.NAME)
                .setSendTimeout(call.timeLimit().toMillis())
                .setLocalOnly(call.scope() == Call.Scope.NODE);
    }
}
