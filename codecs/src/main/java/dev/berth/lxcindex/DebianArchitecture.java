package dev.berth.lxcindex;

import dev.berth.image.Architecture;
import java.util.EnumMap;
import java.util.Map;

/** Architectures as this protocol writes them: Debian's names in the index, the kernel's word size in configurations. */
final class DebianArchitecture {
    private static final Map<Architecture, String> NAMES = names();

    private DebianArchitecture() {}

    /** For example {@code amd64}. */
    static String name(Architecture architecture) {
        return NAMES.getOrDefault(architecture, architecture.canonical());
    }

    /** {@code linux64} or {@code linux32}: what {@code lxc.arch} says. */
    static String personality(Architecture architecture) {
        return switch (architecture) {
            case I686, ARMV6L, ARMV7L, ARMV8L, PPC, MIPS, RISCV32 -> "linux32";
            default -> "linux64";
        };
    }

    /** Those whose name differs from the kernel's; 32 bit on armv8 runs what armhf is built for. */
    private static Map<Architecture, String> names() {
        Map<Architecture, String> names = new EnumMap<>(Architecture.class);
        names.put(Architecture.I686, "i386");
        names.put(Architecture.X86_64, "amd64");
        names.put(Architecture.ARMV6L, "armel");
        names.put(Architecture.ARMV7L, "armhf");
        names.put(Architecture.ARMV8L, "armhf");
        names.put(Architecture.AARCH64, "arm64");
        names.put(Architecture.PPC, "powerpc");
        names.put(Architecture.PPC64LE, "ppc64el");
        names.put(Architecture.LOONGARCH64, "loong64");
        return names;
    }
}
