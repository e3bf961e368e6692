package dev.berth.refresh;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets so many works run at once, and so many of them for one server: a slow server holds up nobody else. Servers with
 * waiting works take turns. One event loop.
 */
final class Lanes {
    /** Works that may wait before new ones fail. */
    static final int MAX_WAITING = 100_000;

    private final int most;
    private final int mostEach;
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int runningAll;
    private int waitingAll;

    Lanes(int most, int mostEach) {
        this.most = most;
        this.mostEach = mostEach;
    }

    /** Runs {@code work} when its turn comes; its place is free again however it ends. */
    <T> Future<T> run(String server, Supplier<Future<T>> work) {
        if (waitingAll >= MAX_WAITING) {
            return Future.failedFuture(MAX_WAITING + " works are waiting for other servers already");
        }
        Promise<T> promise = Promise.promise();
        waitingAll++;
        waiting.computeIfAbsent(server, key -> new ArrayDeque<>()).add(() -> start(server, work, promise));
        pump();
        return promise.future();
    }

    int running() {
        return runningAll;
    }

    int waiting() {
        return waitingAll;
    }

    private <T> void start(String server, Supplier<Future<T>> work, Promise<T> promise) {
        started(work).onComplete((value, failure) -> {
            runningAll--;
            running.computeIfPresent(server, (key, count) -> count == 1 ? null : count - 1);
            promise.complete(value, failure);
            pump();
        });
    }

    private void pump() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    /** The first work of the first server that may have one more; that server then goes to the end of the line. */
    private Runnable next() {
        Iterator<Map.Entry<String, Deque<Runnable>>> servers = waiting.entrySet().iterator();
        while (runningAll < most && servers.hasNext()) {
            Map.Entry<String, Deque<Runnable>> server = servers.next();
            if (running.getOrDefault(server.getKey(), 0) < mostEach) {
                servers.remove();
                return take(server.getKey(), server.getValue());
            }
        }
        return null;
    }

    private Runnable take(String server, Deque<Runnable> works) {
        Runnable work = works.remove();
        if (!works.isEmpty()) {
            waiting.put(server, works);
        }
        waitingAll--;
        runningAll++;
        running.merge(server, 1, Integer::sum);
        return work;
    }

    private static <T> Future<T> started(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
