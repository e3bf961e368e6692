package dev.berth.serve.edge;

import dev.berth.serve.edge.Patience.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets connections in, watches them, and shows those out that take more than their share. Event loop only. */
final class Doorkeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
    private static final long LONGEST_ROUND_MILLIS = 1000;
    private static final long SHORTEST_ROUND_MILLIS = 20;
    private static final int LOOKS_PER_LIMIT = 5;
    private static final Duration REFUSED_STAY = Duration.ofSeconds(2);

    private final EdgeLimits limits;
    private final MeterRegistry registry;
    private final WireMeters wire;
    private final Census census;
    private final int room;
    private final Map<HttpConnection, Visitor> visitors = new IdentityHashMap<>();

    Doorkeeper(EdgeLimits limits, MeterRegistry registry, Census census) {
        this.limits = limits;
        this.registry = registry;
        this.wire = new WireMeters(registry);
        this.census = census;
        this.room = limits.connections() > 0 ? limits.connections() : Descriptors.connectionsThatFit();
    }

    /** Everybody gets in; who finds no room is told so on asking, and stays only for a moment. */
    void welcome(HttpConnection connection) {
        String host = host(connection);
        boolean full = census.arrive() > room;
        boolean greedy = census.arrive(host) > perAddress(host);
        if (full || greedy) {
            registry.counter("berth.http.refused.connections", "reason", full ? "limit" : "address").increment();
        }
        WireCounter counter = WireCounter.on(connection, wire);
        visitors.put(connection, visitor(connection, counter, full || greedy));
        counter.whenClosed(() -> goodbye(connection, host));
    }

    Visitor of(HttpConnection connection) {
        return visitors.get(connection);
    }

    /** How often to make a round, so that limits are kept to within a fifth. */
    long roundMillis() {
        long shortest = List.of(limits.idle(), limits.headers(), limits.stall()).stream()
                .mapToLong(Duration::toMillis)
                .min()
                .orElse(LONGEST_ROUND_MILLIS);
        return Math.max(SHORTEST_ROUND_MILLIS, Math.min(LONGEST_ROUND_MILLIS, shortest / LOOKS_PER_LIMIT));
    }

    void round() {
        long now = System.nanoTime();
        List.copyOf(visitors.values()).forEach(visitor -> look(visitor, now));
    }

    private void look(Visitor visitor, long now) {
        Verdict verdict = visitor.look(now);
        if (verdict == Verdict.STAY) {
            visitor.exchanges().forEach(exchange -> look(visitor, exchange, now));
        } else {
            count("berth.http.closed.connections", visitor, verdict);
            visitor.cut();
        }
    }

    private void look(Visitor visitor, Exchange exchange, long now) {
        Verdict verdict = exchange.look(now);
        if (verdict != Verdict.STAY) {
            count("berth.http.reset.streams", visitor, verdict);
            exchange.cut();
        }
    }

    private void count(String metric, Visitor visitor, Verdict verdict) {
        String reason = verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
        LOG.debug("{} of {}: {}", metric, visitor.peer().address(), reason);
        registry.counter(metric, "reason", reason).increment();
    }

    private Visitor visitor(HttpConnection connection, WireCounter counter, boolean refused) {
        EdgeLimits its = refused ? limits.hurried(REFUSED_STAY) : limits;
        return new Visitor(connection, counter, its, refused);
    }

    private void goodbye(HttpConnection connection, String host) {
        visitors.remove(connection);
        census.leave();
        census.leave(host);
    }

    private int perAddress(String host) {
        boolean limited = limits.connectionsPerAddress() > 0 && !host.isEmpty();
        return limited ? limits.connectionsPerAddress() : Integer.MAX_VALUE;
    }

    private static String host(HttpConnection connection) {
        boolean inet = connection.remoteAddress() != null && connection.remoteAddress().isInetSocket();
        return inet ? connection.remoteAddress().hostAddress() : "";
    }
}
