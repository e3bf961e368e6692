package dev.berth.app.conf;

import dev.berth.expire.ExpireConf;
import dev.berth.fetch.FetchConf;
import dev.berth.fetch.SourceRules;
import dev.berth.fetch.http.HttpLimits;
import dev.berth.format.InspectLimits;
import dev.berth.intake.IntakeConf;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.mirror.MirrorConf;
import dev.berth.operations.OperationsConf;
import dev.berth.refresh.RefreshConf;
import dev.berth.serve.download.DownloadConf;
import dev.berth.serve.edge.AccessConf;
import dev.berth.serve.edge.EdgeLimits;
import dev.berth.serve.edge.Endpoint;
import dev.berth.serve.edge.ServeConf;
import dev.berth.store.StoreConf;
import dev.berth.trust.TrustConf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Every setting of a service. Defaults belong to the features' own records; {@code conf/berth.yaml} shows them all.
 *
 * @param data the data directory
 * @param serve listeners and what one client can take
 * @param streams bounds of byte streams between features
 * @param store space and times of blobs
 * @param trust lives of secrets and tokens
 * @param operations how long work stays visible
 * @param fetch where images may be fetched from, and how
 * @param intake what an arriving image may cost
 * @param expire when cached images are looked at, and how much space they may take
 * @param refresh when images are compared with their source, and how many at once
 * @param download how images are offered to LXC's download template
 * @param mirror other image servers that are seen through this one
 */
public record BerthConf(
        Path data,
        ServeConf serve,
        StreamLimits streams,
        StoreConf store,
        TrustConf trust,
        OperationsConf operations,
        FetchConf fetch,
        IntakeConf intake,
        ExpireConf expire,
        RefreshConf refresh,
        DownloadConf download,
        MirrorConf mirror) {

    /** Asks for every key there is. */
    public static BerthConf of(Settings settings, Path usualData) throws BadSetting {
        Path data = settings.path("data", usualData).toAbsolutePath().normalize();
        BerthConf conf = read(settings, data);
        Map<String, SourceRules> sources = UpstreamSettings.sources(settings, conf.mirror);
        settings.finish();
        return conf.withSources(sources);
    }

    private static BerthConf read(Settings settings, Path data) {
        return new BerthConf(
                data,
                serve(settings, data),
                streams(settings),
                store(settings, data),
                trust(settings),
                operations(settings),
                fetch(settings, data),
                intake(settings),
                expire(settings),
                refresh(settings),
                download(settings, data),
                UpstreamSettings.read(settings, data));
    }

    private BerthConf withSources(Map<String, SourceRules> sources) {
        return new BerthConf(data, serve, streams, store, trust, operations, fetch.withSources(sources), intake, expire,
                refresh, download, mirror);
    }

    private static ServeConf serve(Settings settings, Path data) {
        Endpoint listen = settings.endpoint("listen", ServeConf.DEFAULT_LISTEN);
        Endpoint plain = settings.endpointOrOff("plain", null);
        Endpoint management = settings.endpointOrOff("management", ServeConf.DEFAULT_MANAGEMENT);
        Path certificate = settings.path("certificate", null);
        Path key = settings.path("key", null);
        EdgeLimits limits = limits(settings);
        AccessConf access = access(settings);
        Path socket = ServeConf.in(data).unixSocket();
        return settings.part(
                "", () -> new ServeConf(listen, plain, management, socket, data, certificate, key, limits, access));
    }

    private static EdgeLimits limits(Settings settings) {
        EdgeLimits usual = EdgeLimits.DEFAULT;
        return settings.part("limits.", () -> new EdgeLimits(
                settings.duration("limits.idle", usual.idle()),
                settings.duration("limits.headers", usual.headers()),
                settings.duration("limits.handshake", usual.handshake()),
                settings.duration("limits.stall", usual.stall()),
                settings.size("limits.header-bytes", usual.headerBytes()),
                settings.number("limits.header-count", usual.headerCount()),
                settings.duration("limits.body-grace", usual.bodyGrace()),
                settings.size("limits.body-bytes-per-second", usual.bodyBytesPerSecond()),
                settings.number("limits.connections", usual.connections()),
                settings.number("limits.connections-per-address", usual.connectionsPerAddress()),
                settings.duration("limits.drain", usual.drain())));
    }

    private static AccessConf access(Settings settings) {
        AccessConf usual = AccessConf.OPEN;
        int perSecond = settings.number("limits.anonymous-requests-per-second", usual.anonymousPerSecond());
        int burst = settings.number("limits.anonymous-burst", usual.anonymousBurst());
        List<String> hidden = settings.list("access.private", List.of());
        return settings.part("", () -> new AccessConf(AccessConf.paths(hidden), perSecond, burst));
    }

    private static StreamLimits streams(Settings settings) {
        StreamLimits usual = StreamLimits.DEFAULT;
        return settings.part("streams.", () -> new StreamLimits(
                settings.size("streams.window-bytes", usual.windowBytes()),
                settings.size("streams.total-bytes", usual.totalBytes()),
                settings.duration("streams.silence", usual.silence())));
    }

    private static StoreConf store(Settings settings, Path data) {
        StoreConf usual = StoreConf.in(data);
        return settings.part("store.", () -> new StoreConf(
                data,
                settings.bytes("store.min-free-bytes", usual.minFreeBytes()),
                settings.bytes("store.staging-limit-bytes", usual.stagingLimitBytes()),
                settings.bytes("store.past-cache-after", usual.pastCacheAfter()),
                settings.duration("store.delete-grace", usual.deleteGrace()),
                settings.duration("store.orphan-grace", usual.orphanGrace()),
                settings.duration("store.lease-limit", usual.leaseLimit())));
    }

    private static TrustConf trust(Settings settings) {
        TrustConf usual = TrustConf.defaults();
        return settings.part("trust.", () -> new TrustConf(
                settings.duration("trust.secret-grace", usual.secretGrace()),
                settings.duration("trust.expired-kept", usual.expiredKept()),
                settings.duration("trust.sweep-every", usual.sweepEvery()),
                settings.number("trust.tokens", usual.tokens())));
    }

    private static OperationsConf operations(Settings settings) {
        OperationsConf usual = OperationsConf.defaults();
        return settings.part("operations.", () -> new OperationsConf(
                settings.duration("operations.retention", usual.retention()),
                settings.number("operations.ended-kept", usual.endedKept()),
                settings.duration("operations.progress-every", usual.progressEvery()),
                settings.number("operations.waits", usual.waits())));
    }

    private static FetchConf fetch(Settings settings, Path data) {
        FetchConf usual = FetchConf.in(data);
        List<String> opened = settings.list("fetch.allow-private-addresses", List.of());
        List<String> trusted = settings.list("fetch.trusted-certificates", List.of());
        return settings.part("fetch.", () -> new FetchConf(
                usual.cache(),
                FetchConf.ranges(opened),
                trusted.stream().map(Path::of).toList(),
                settings.list("fetch.direct-hosts", usual.directHosts()),
                settings.text("fetch.proxy", usual.proxy()),
                settings.text("fetch.user-agent", ""),
                settings.size("fetch.index-bytes", usual.indexBytes()),
                settings.duration("fetch.index-fresh", usual.indexFresh()),
                fetchLimits(settings)));
    }

    private static HttpLimits fetchLimits(Settings settings) {
        HttpLimits usual = HttpLimits.DEFAULT;
        return new HttpLimits(
                settings.number("fetch.requests-per-upstream", usual.requests()),
                settings.number("fetch.waiting-per-upstream", usual.waiting()),
                settings.bytes("fetch.bytes-per-second", usual.bytesPerSecond()),
                settings.duration("fetch.connect", usual.connect()),
                settings.duration("fetch.response", usual.response()),
                settings.duration("fetch.stall", usual.stall()),
                settings.number("fetch.tries", usual.tries()),
                settings.duration("fetch.patience", usual.patience()));
    }

    private static IntakeConf intake(Settings settings) {
        InspectLimits usual = InspectLimits.DEFAULTS;
        int inspectors = settings.number("intake.inspectors", IntakeConf.DEFAULT_INSPECTORS);
        Duration patience = settings.duration("intake.sender-patience", IntakeConf.DEFAULT_SENDER_PATIENCE);
        return settings.part("intake.", () -> new IntakeConf(inspectors, patience, new InspectLimits(
                settings.size("intake.metadata-bytes", usual.metadataBytes()),
                settings.size("intake.extended-header-bytes", usual.extendedHeaderBytes()),
                settings.count("intake.entries", usual.entries()),
                settings.bytes("intake.decoder-memory-bytes", usual.decoderMemoryBytes()),
                settings.number("intake.zstd-window-log", usual.zstdWindowLog()),
                settings.bytes("intake.free-expansion-bytes", usual.freeExpansionBytes()),
                settings.number("intake.expansion-ratio", usual.expansionRatio()),
                settings.bytes("intake.expanded-bytes", usual.expandedBytes()))));
    }

    private static ExpireConf expire(Settings settings) {
        ExpireConf usual = ExpireConf.defaults();
        return settings.part("expire.", () -> new ExpireConf(
                settings.duration("expire.sweep-every", usual.sweepEvery()),
                settings.duration("expire.start-after", usual.startAfter()),
                settings.duration("expire.look-every", usual.lookEvery()),
                settings.duration("expire.confirm-after", usual.confirmAfter()),
                settings.duration("expire.calm", usual.calm()),
                settings.number("expire.removals-per-round", usual.removalsPerRound()),
                settings.bytes("expire.low-water-bytes", usual.lowWaterBytes()),
                settings.bytes("expire.cache-limit-bytes", usual.cacheLimitBytes())));
    }

    private static RefreshConf refresh(Settings settings) {
        RefreshConf usual = RefreshConf.defaults();
        return settings.part("refresh.", () -> new RefreshConf(
                settings.duration("refresh.look-every", usual.lookEvery()),
                settings.duration("refresh.start-after", usual.startAfter()),
                settings.duration("refresh.start-quiet", usual.startQuiet()),
                settings.number("refresh.jitter-percent", usual.jitterPercent()),
                settings.number("refresh.checks", usual.checks()),
                settings.number("refresh.checks-per-server", usual.checksPerServer()),
                settings.number("refresh.transfers", usual.transfers()),
                settings.number("refresh.transfers-per-server", usual.transfersPerServer())));
    }

    private static DownloadConf download(Settings settings, Path data) {
        DownloadConf usual = DownloadConf.in(data);
        return settings.part("download.", () -> new DownloadConf(
                usual.folder(),
                settings.flag("download.convert", usual.convert()),
                settings.number("download.conversions", usual.conversions()),
                settings.number("download.preset", usual.preset()),
                settings.bytes("download.cache-bytes", usual.cacheBytes()),
                settings.bytes("download.min-free-bytes", usual.minFreeBytes())));
    }
}
