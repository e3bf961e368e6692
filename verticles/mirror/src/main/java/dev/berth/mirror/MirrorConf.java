package dev.berth.mirror;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the mirror.
 *
 * @param upstreams in the order they were written, each name once
 * @param folder where it is remembered what they delisted
 */
public record MirrorConf(List<UpstreamConf> upstreams, Path folder) {
    public MirrorConf {
        upstreams = List.copyOf(upstreams);
    }

    /** The names of those that clients see in that way. */
    public List<String> exposed(Exposure way) {
        return upstreams.stream().filter(upstream -> upstream.exposes(way)).map(UpstreamConf::name).toList();
    }

    public Optional<UpstreamConf> find(String name) {
        return upstreams.stream().filter(upstream -> upstream.name().equals(name)).findFirst();
    }
}
