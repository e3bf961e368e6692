package dev.berth.serve.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.berth.lxd.Envelope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Open files and sockets, of which a process may have only so many. */
final class Descriptors {
    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);

    /** Kept free for the database, new blobs, logs and the JVM itself. */
    static final int RESERVE = 48;

    private static final int LEAST = 8;
    private static final int UNKNOWN = 10_000;

    private Descriptors() {}

    /**
     * Loads what is needed to report "too many open files". Loading a class needs a descriptor too, and a thread that
     * cannot load what its error handling needs dies of that instead: it may be the one that accepts connections.
     */
    static void prepare() {
        String line = ZonedDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        IOException rehearsal = new IOException("rehearsal of \"too many open files\" at " + line);
        StringWriter text = new StringWriter();
        rehearsal.printStackTrace(new PrintWriter(text));
        LOG.trace("{}", text, rehearsal);
        Envelope.error(503, line);
    }

    /** How many files fit beside as many connections. */
    static int filesThatFit() {
        return connectionsThatFit();
    }

    /** How many connections fit, with as many files that they read. */
    static int connectionsThatFit() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof UnixOperatingSystemMXBean unix) {
            return connectionsThatFit(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount());
        }
        return UNKNOWN;
    }

    static int connectionsThatFit(long limit, long open) {
        long free = (limit - open - RESERVE) / 2;
        return (int) Math.max(LEAST, Math.min(free, Integer.MAX_VALUE));
    }
}
