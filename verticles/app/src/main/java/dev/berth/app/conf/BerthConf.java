package dev.berth.app.conf;

import dev.berth.kit.stream.StreamLimits;
import dev.berth.serve.edge.EdgeLimits;
import dev.berth.serve.edge.ServeConf;
import java.nio.file.Path;

/**
 * Every setting of a service. Defaults belong to the features' own records; {@code conf/berth.yaml} shows them all.
 *
 * @param data the data directory
 * @param serve listeners and what one client can take
 * @param streams bounds of byte streams between features
 */
public record BerthConf(Path data, ServeConf serve, StreamLimits streams) {

    /** Asks for every key there is. */
    public static BerthConf of(Settings settings, Path usualData) throws BadSetting {
        Path data = settings.path("data", usualData).toAbsolutePath().normalize();
        BerthConf conf = new BerthConf(data, serve(settings, data), streams(settings));
        settings.finish();
        return conf;
    }

    private static ServeConf serve(Settings settings, Path data) {
        ServeConf usual = ServeConf.in(data);
        EdgeLimits limits = limits(settings);
        return settings.part("", () -> new ServeConf(
                settings.endpoint("listen", ServeConf.DEFAULT_LISTEN),
                settings.endpoint("plain", null),
                settings.endpoint("management", ServeConf.DEFAULT_MANAGEMENT),
                usual.unixSocket(),
                data,
                settings.path("certificate", null),
                settings.path("key", null),
                limits));
    }

    private static EdgeLimits limits(Settings settings) {
        EdgeLimits usual = EdgeLimits.DEFAULT;
        return settings.part("limits.", () -> new EdgeLimits(
                settings.duration("limits.idle", usual.idle()),
                settings.duration("limits.headers", usual.headers()),
                settings.duration("limits.handshake", usual.handshake()),
                settings.duration("limits.stall", usual.stall()),
                settings.size("limits.headerBytes", usual.headerBytes()),
                settings.number("limits.headerCount", usual.headerCount()),
                settings.duration("limits.bodyGrace", usual.bodyGrace()),
                settings.size("limits.bodyBytesPerSecond", usual.bodyBytesPerSecond()),
                settings.number("limits.connections", usual.connections()),
                settings.number("limits.connectionsPerAddress", usual.connectionsPerAddress()),
                settings.duration("limits.drain", usual.drain())));
    }

    private static StreamLimits streams(Settings settings) {
        StreamLimits usual = StreamLimits.DEFAULT;
        return settings.part("streams.", () -> new StreamLimits(
                settings.size("streams.windowBytes", usual.windowBytes()),
                settings.duration("streams.silence", usual.silence())));
    }
}
