package dev.berth.kit.stream;

import dev.berth.contract.StreamContract.End;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A consumer's end of a byte stream whose bytes are worked off by workers, one at a time and in order. They go there straight
 * from the event loop of the producer, and their credit straight back: the loop of the consumer hears only of what
 * is news to it. With a turn on that loop for each frame, a sixth of an upload's processor time goes into waking threads.
 *
 * <p>Methods may be called from any thread; futures and the handler of news run on the context that attached it.
 */
public final class WorkerInlet {
    private final ContextInternal home;
    private final Context near;
    private final StreamInlet inlet;
    private final WorkerFeed feed;
    private final Promise<End> ended;
    private final AtomicBoolean tellingNews = new AtomicBoolean();
    private volatile Runnable news = () -> {};
    /** When the verticle at home ends, nobody is there any more for whom the work would be done. */
    private final Closeable leaving = this::leave;
    private Throwable failure;

    /** What is done with the bytes. */
    public interface Work {
        /** On a worker; when it throws, the stream is aborted. Answers whether {@link #onNews} should run. */
        boolean on(List<Buffer> batch) throws Exception;
    }

    /**
     * On the context of the inlet.
     *
     * @param home where those want to hear of it who use it
     */
    WorkerInlet(Vertx vertx, ContextInternal home, StreamInlet inlet, WorkerExecutor workers, int mostPerBatch, Work work) {
        this.home = home;
        this.near = vertx.getOrCreateContext();
        this.inlet = inlet.creditByHand();
        this.feed = new WorkerFeed(vertx, workers, mostPerBatch, new Feeding(work));
        this.ended = home.promise();
        inlet.ended().onSuccess(this::inletEnded);
        home.closeFuture().add(leaving);
    }

    /** Lets the bytes flow. Before, as many of them wait as the window allows. */
    public void begin() {
        near.runOnContext(go -> inlet.handler(feed::add));
    }

    /** Runs {@code handler} when the work has news, once for all that came since it ran last. Set it before {@link #begin}. */
    public WorkerInlet onNews(Runnable handler) {
        news = handler;
        return this;
    }

    /**
     * Completes with the one way the stream ended, when no worker is at work any more; when it is complete, every byte was
     * worked off. Fails with what the work failed with.
     */
    public Future<End> ended() {
        return ended.future();
    }

    /** Stops the whole stream for everybody. Does nothing when it ended already. */
    public void abort(String reason) {
        near.runOnContext(go -> inlet.abort(reason));
    }

    private void inletEnded(End how) {
        feed.clear();
        feed.idle().onSuccess(idle -> tellEnd(how));
    }

    /** On a turn of its own at home, after the news that is on its way there. */
    private void tellEnd(End how) {
        home.closeFuture().remove(leaving);
        home.runOnContext(turn -> {
            if (failure == null) {
                ended.complete(how);
            } else {
                ended.fail(failure);
            }
        });
    }

    private void leave(Completable<Void> left) {
        near.runOnContext(go -> {
            inlet.abort("a reader of the stream is gone");
            left.succeed();
        });
    }

    private void tellNews() {
        if (tellingNews.compareAndSet(false, true)) {
            home.runOnContext(turn -> {
                tellingNews.set(false);
                news.run();
            });
        }
    }

    private final class Feeding implements WorkerFeed.Consumer {
        private final Work work;

        Feeding(Work work) {
            this.work = work;
        }

        /** News is on its way home before the credit is, so that nobody hears of the end first. */
        @Override
        public void work(List<Buffer> batch, int bytes) throws Exception {
            if (work.on(batch)) {
                tellNews();
            }
            near.runOnContext(turn -> inlet.workedOff(bytes));
        }

        @Override
        public void broke(Throwable cause) {
            failure = cause;
            inlet.abort(String.valueOf(cause.getMessage()));
        }
    }
}
