package dev.berth.image;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel personalities LXD knows, each with the other names people use for it (formats 7). Names are case-sensitive. */
public enum Architecture {
    I686("i686", "i386", "i586", "386", "x86", "generic_32"),
    X86_64("x86_64", "amd64", "generic_64", "amd64v3", "x86_64_v1", "x86_64_v2", "x86_64_v3", "x86_64_v4"),
    ARMV6L("armv6l", "armel", "arm"),
    ARMV7L("armv7l", "armhf", "armhfp", "armv7", "armv7a_hardfp", "armv7a_vfpv3_hardfp"),
    ARMV8L("armv8l"),
    AARCH64("aarch64", "arm64", "arm64_generic"),
    PPC("ppc", "powerpc"),
    PPC64("ppc64", "powerpc64"),
    PPC64LE("ppc64le", "ppc64el"),
    S390X("s390x"),
    MIPS("mips", "mipsel", "mipsle"),
    MIPS64("mips64", "mips64el", "mips64le"),
    RISCV32("riscv32"),
    RISCV64("riscv64"),
    LOONGARCH64("loongarch64", "loong64");

    private static final Map<String, Architecture> BY_NAME = byName();

    private final String canonical;
    private final List<String> aliases;

    Architecture(String canonical, String... aliases) {
        this.canonical = canonical;
        this.aliases = List.of(aliases);
    }

    /** The name LXD stores and returns, for example {@code x86_64}. */
    public String canonical() {
        return canonical;
    }

    /** Finds an architecture by its canonical name or an alias; only the first word of {@code name} counts, as in LXD. */
    public static Optional<Architecture> find(String name) {
        String first = name.strip().split("\\s+", 2)[0];
        return Optional.ofNullable(BY_NAME.get(first));
    }

    private static Map<String, Architecture> byName() {
        Map<String, Architecture> names = new HashMap<>();
        for (Architecture architecture : values()) {
            names.put(architecture.canonical, architecture);
            architecture.aliases.forEach(alias -> names.put(alias, architecture));
        }
        return Map.copyOf(names);
    }
}
