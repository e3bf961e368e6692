package dev.berth.simplestreams;

import dev.berth.image.Architecture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** In which order a host looks for an image: its own architecture, what it can also run, then any other (formats 3.6, 7). */
public final class HostArchitectures {
    private HostArchitectures() {}

    public static List<Architecture> inOrder(Architecture host) {
        return Stream.of(Stream.of(host), alsoRuns(host).stream(), Arrays.stream(Architecture.values()))
                .flatMap(architectures -> architectures).distinct().toList();
    }

    private static List<Architecture> alsoRuns(Architecture host) {
        return switch (host) {
            case X86_64 -> List.of(Architecture.I686);
            case AARCH64 -> List.of(Architecture.ARMV6L, Architecture.ARMV7L, Architecture.ARMV8L);
            case ARMV8L -> List.of(Architecture.ARMV6L, Architecture.ARMV7L);
            case ARMV7L -> List.of(Architecture.ARMV6L);
            case PPC64 -> List.of(Architecture.PPC);
            case MIPS64 -> List.of(Architecture.MIPS);
            default -> List.of();
        };
    }
}
