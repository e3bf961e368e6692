package dev.berth.format;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A checked {@code compression_algorithm}: a program's name and its arguments (formats 1.2). It is parsed and remembered
 * and never run.
 *
 * @param name one of the names LXD or Incus know, or {@code none}
 * @param arguments its arguments, all harmless
 */
public record CompressionAlgorithm(String name, List<String> arguments) {
    private static final Set<String> LXD_NAMES =
            Set.of("none", "bzip2", "gzip", "lzma", "pigz", "pzstd", "squashfs", "xz", "zstd");
    private static final Set<String> INCUS_NAMES = Set.of("lz4", "pxz", "tar2sqfs");
    private static final Pattern INCUS_ARGUMENT = Pattern.compile("-[1-9]|--rsyncable");
    /** Levels, threads, window and the like: what changes the result's size and speed, and nothing else. */
    private static final Pattern LXD_ARGUMENT = Pattern.compile(
            "-[0-9]|-1[0-9]|-2[0-2]|-[eknq]|-T[0-9]{1,3}|--(best|fast|extreme|keep|no-name|rsyncable|ultra)"
                    + "|--threads=[0-9]{1,3}|--long(=[0-9]{1,2})?");
    private static final int LONGEST = 200;

    public CompressionAlgorithm {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads the value of the setting or field.
     *
     * @throws FormatException {@code Invalid compression algorithm "…"} for an unknown program, or {@code Compression
     *     algorithm argument "…" isn't allowed}
     */
    public static CompressionAlgorithm validate(String text, Dialect dialect) throws FormatException {
        String[] words = text.strip().split("[ \t]+");
        String name = words[0];
        if (text.length() > LONGEST || !isKnown(name, dialect)) {
            throw new FormatException("Invalid compression algorithm \"" + Shown.of(name) + "\"");
        }
        List<String> arguments = Arrays.asList(words).subList(1, words.length);
        for (String argument : arguments) {
            checkArgument(name, argument, dialect);
        }
        return new CompressionAlgorithm(name, arguments);
    }

    private static boolean isKnown(String name, Dialect dialect) {
        return LXD_NAMES.contains(name) || dialect == Dialect.INCUS && INCUS_NAMES.contains(name);
    }

    private static void checkArgument(String name, String argument, Dialect dialect) throws FormatException {
        boolean takesNone = dialect == Dialect.INCUS && name.equals("squashfs");
        Pattern allowed = dialect == Dialect.INCUS ? INCUS_ARGUMENT : LXD_ARGUMENT;
        if (takesNone || !allowed.matcher(argument).matches()) {
            throw new FormatException("Compression algorithm argument \"" + Shown.of(argument) + "\" isn't allowed");
        }
    }
}
