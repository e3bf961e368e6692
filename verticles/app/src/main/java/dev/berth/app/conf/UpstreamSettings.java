package dev.berth.app.conf;

import dev.berth.fetch.SourceRules;
import dev.berth.mirror.MirrorConf;
import dev.berth.mirror.UpstreamConf;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the section {@code upstreams}: one entry for each name. */
final class UpstreamSettings {
    private UpstreamSettings() {}

    static MirrorConf read(Settings settings, Path data) {
        List<UpstreamConf> all = settings.names(UpstreamConf.SECTION).stream()
                .map(name -> upstream(settings, name))
                .filter(Objects::nonNull)
                .toList();
        return new MirrorConf(all, data.resolve("cache").resolve("mirror"));
    }

    /** What the upstreams say about servers, for whoever fetches from one of them, under whatever name. */
    static Map<String, SourceRules> sources(Settings settings, MirrorConf mirror) {
        Map<String, SourceRules> sources = new HashMap<>();
        for (UpstreamConf upstream : mirror.upstreams()) {
            if (upstream.signedBy() != null || upstream.budget() > 0) {
                SourceRules rules = new SourceRules(upstream.signedBy(), upstream.budget());
                SourceRules before = sources.putIfAbsent(SourceRules.key(upstream.url()), rules);
                settings.part(UpstreamConf.SECTION + ".", () -> same(upstream, before, rules));
            }
        }
        return sources;
    }

    private static SourceRules same(UpstreamConf upstream, SourceRules before, SourceRules rules) {
        if (before != null && !before.equals(rules)) {
            boolean signers = !Objects.equals(before.signedBy(), rules.signedBy());
            throw new IllegalArgumentException(UpstreamConf.SECTION + "." + upstream.name()
                    + (signers ? ".signed-by" : ".budget") + ": expected "
                    + (signers ? before.signedBy() : before.bytesPerSecond())
                    + ", as another entry says about the same server, got "
                    + (signers ? rules.signedBy() : rules.bytesPerSecond()));
        }
        return rules;
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
