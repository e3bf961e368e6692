package dev.berth.serve.edge;

/**
 * How long we put up with one connection. Looks at it from time to time; knows no sockets.
 *
 * <p>A request that waits for us, or for an upstream, is never hurried: only what the peer owes counts. The peer owes a
 * request's head once the connection opened or the head's first byte came, an upload's bytes while we take them, and
 * the reading of what we have sent.
 */
final class Patience {
    /** What a look ends in. */
    enum Verdict {
        STAY,
        /** Nothing asked for too long. */
        IDLE,
        /** A request's head took too long. */
        SLOW_HEAD,
        /** An upload is slower than allowed. */
        SLOW_BODY,
        /** The peer does not read what it asked for. */
        NOT_READING
    }

    private static final double NANOS = 1e9;

    private final EdgeLimits limits;
    private Sight last;
    private long quietSince;
    private boolean headOwed = true;
    private long headSince;
    private long stuckSince;
    private double owedBytes;

    Patience(EdgeLimits limits, long nanos) {
        this.limits = limits;
        this.last = new Sight(nanos, 0, true, 0, 0, 0, 0, false, false, false);
        this.quietSince = nanos;
        this.headSince = nanos;
        this.stuckSince = nanos;
    }

    Verdict look(Sight now) {
        Verdict verdict = judge(now);
        last = now;
        return verdict;
    }

    private Verdict judge(Sight now) {
        if (isNotReading(now)) {
            return Verdict.NOT_READING;
        }
        if (now.upgraded()) {
            return Verdict.STAY;
        }
        if (isSlowBody(now)) {
            return Verdict.SLOW_BODY;
        }
        return quiet(now);
    }

    private boolean isNotReading(Sight now) {
        boolean moves = now.pending() == 0 || now.progress() != last.progress();
        stuckSince = moves ? now.nanos() : stuckSince;
        return now.nanos() - stuckSince > limits.stall().toNanos();
    }

    /** Each second adds a debt of the required rate; arriving bytes pay it off, but are not saved up. */
    private boolean isSlowBody(Sight now) {
        if (!now.uploading()) {
            owedBytes = 0;
            return false;
        }
        double seconds = now.reading() && last.uploading() ? (now.nanos() - last.nanos()) / NANOS : 0;
        double debt = owedBytes + seconds * limits.bodyBytesPerSecond() - (now.received() - last.received());
        owedBytes = Math.max(0, debt);
        return owedBytes > limits.bodyGrace().toNanos() / NANOS * limits.bodyBytesPerSecond();
    }

    private Verdict quiet(Sight now) {
        boolean sinceWorked = now.running() > 0 || now.begun() != last.begun();
        if (sinceWorked) {
            quietSince = now.nanos();
            headOwed = false;
            return Verdict.STAY;
        }
        if (!headOwed && now.heading()) {
            headOwed = true;
            headSince = now.nanos();
        }
        if (headOwed && now.nanos() - headSince > limits.headers().toNanos()) {
            return Verdict.SLOW_HEAD;
        }
        return now.nanos() - quietSince > limits.idle().toNanos() ? Verdict.IDLE : Verdict.STAY;
    }
}
