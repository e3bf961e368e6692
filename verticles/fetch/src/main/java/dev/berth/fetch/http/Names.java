package dev.berth.fetch.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks host names up. */
@FunctionalInterface
public interface Names {
    /** All addresses of a host, at least one; fails with {@link UnknownHostException}. */
    Future<List<InetAddress>> lookUp(String host);

    /** As the machine does: hosts file, then DNS. */
    static Names ofTheMachine(WorkerExecutor workers, Duration limit) {
        return host -> workers.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
