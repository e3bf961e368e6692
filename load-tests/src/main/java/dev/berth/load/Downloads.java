package dev.berth.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Downloads of one address, one at a time: how fast they are, and what processor time both sides take for them. */
final class Downloads {
    private final Curl.Version version;
    private final String url;
    private final ProcessHandle server;
    private final List<Curl.Download> kept = new ArrayList<>();
    private double serverSeconds;

    /** @param server its process; that of its children counts too */
    Downloads(Curl.Version version, String url, long server) {
        this.version = version;
        this.url = url;
        this.server = ProcessHandle.of(server).orElseThrow();
    }

    /** One that does not count. */
    void warmUp() {
        Curl.download(version, url);
    }

    void measure() {
        double before = processorSeconds();
        kept.add(Curl.download(version, url));
        serverSeconds += processorSeconds() - before;
    }

    /** The median. */
    double megabytesPerSecond() {
        return Median.of(kept.stream().mapToDouble(Curl.Download::megabytesPerSecond).toArray());
    }

    /** Of the server, for one download; the mean. */
    double serverMillis() {
        return serverSeconds / kept.size() * 1e3;
    }

    /** Of curl, for one download; the mean. */
    double clientMillis() {
        return kept.stream().mapToDouble(Curl.Download::processorSeconds).average().orElseThrow() * 1e3;
    }

    private double processorSeconds() {
        return Stream.concat(Stream.of(server), server.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum() / 1e9;
    }
}
