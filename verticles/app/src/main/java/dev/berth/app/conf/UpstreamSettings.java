package dev.berth.app.conf;

import dev.berth.mirror.MirrorConf;
import dev.berth.mirror.UpstreamConf;
import java.util.List;
import java.util.Objects;

/** Reads the section {@code upstreams}: one entry for each name. */
final class UpstreamSettings {
    private UpstreamSettings() {}

    static MirrorConf read(Settings settings) {
        List<UpstreamConf> all = settings.names(UpstreamConf.SECTION).stream()
                .map(name -> upstream(settings, name))
                .filter(Objects::nonNull)
                .toList();
        return new MirrorConf(all);
    }

    /** Null when something does not fit; the finding is noted then. */
    private static UpstreamConf upstream(Settings settings, String name) {
        String prefix = UpstreamConf.SECTION + "." + name + ".";
        return settings.part(prefix, () -> new UpstreamConf(
                name,
                settings.text(prefix + "protocol", UpstreamConf.DEFAULT_PROTOCOL),
                settings.text(prefix + "url", ""),
                settings.path(prefix + "signed-by", null),
                UpstreamConf.filter(name, settings.list(prefix + "filter", List.of())),
                settings.bytes(prefix + "budget", 0),
                UpstreamConf.expose(name, settings.list(prefix + "expose", UpstreamConf.DEFAULT_EXPOSE)),
                settings.duration(prefix + "fresh", UpstreamConf.DEFAULT_FRESH),
                settings.duration(prefix + "grace", UpstreamConf.DEFAULT_GRACE),
                settings.path(prefix + "certificate", null)));
    }
}
