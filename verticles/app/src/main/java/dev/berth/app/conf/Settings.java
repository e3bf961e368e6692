package dev.berth.app.conf;

import dev.berth.serve.edge.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * All values that somebody wrote, by dotted key, and all keys that somebody asked for. One thread.
 *
 * <p>Weight rises from file to environment to flag. The environment's name of
 * {@code limits.body-grace} is {@code BERTH_LIMITS_BODY_GRACE}. Findings are collected, so that one start shows all of them.
 */
public final class Settings {
    /** Names that are not settings: the launcher's and the tests' own, and what Kubernetes sets for a service "berth". */
    private static final Pattern NOT_SETTINGS =
            Pattern.compile("BERTH_(JAVA_OPTS|LOG_LEVEL|JAVA_HOME|REQUIRE_REAL|CONFIG|SERVICE_(HOST|PORT).*|PORT(_\\d+_.*)?)");

    private final Map<String, Setting> written = new LinkedHashMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> asked = new LinkedHashMap<>();
    private final List<String> findings = new ArrayList<>();

    /** Adds a file's values. */
    public Settings file(Path file) throws BadSetting {
        written.putAll(YamlFile.read(file));
        return this;
    }

    /** Adds {@code BERTH_…} variables. */
    public Settings environment(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (name.startsWith("BERTH_") && !NOT_SETTINGS.matcher(name).matches()) {
                environment.put(name, value);
            }
        });
        return this;
    }

    /** Adds a flag's value; null when it was not given. */
    public Settings flag(String key, String option, String value) {
        if (value != null) {
            environment.remove(variable(key));
            written.put(key, new Setting(value, option));
        }
        return this;
    }

    public String text(String key, String fallback) {
        return value(key, fallback, Function.identity());
    }

    public Duration duration(String key, Duration fallback) {
        return value(key, fallback, Quantities::duration);
    }

    /** A size in bytes. */
    public long bytes(String key, long fallback) {
        return value(key, fallback, Quantities::bytes);
    }

    /** A size in bytes that fits in 31 bits. */
    public int size(String key, int fallback) {
        return value(key, fallback, Settings::parseSize);
    }

    public int number(String key, int fallback) {
        return value(key, fallback, Settings::parseNumber);
    }

    /** A number of things that may exceed 31 bits. */
    public long count(String key, long fallback) {
        return value(key, fallback, Settings::parseCount);
    }

    public boolean flag(String key, boolean fallback) {
        return value(key, fallback, Settings::parseFlag);
    }

    public Endpoint endpoint(String key, Endpoint fallback) {
        return value(key, fallback, Endpoint::parse);
    }

    /** The address of a listener that need not be; null when it is {@code off}. */
    public Endpoint endpointOrOff(String key, Endpoint fallback) {
        return value(key, fallback, text -> text.equals("off") ? null : Endpoint.parse(text));
    }

    /** A path. An empty one means the fallback: for the system it would be the current directory. */
    public Path path(String key, Path fallback) {
        return value(key, fallback, text -> text.isEmpty() ? fallback : Path.of(text));
    }

    /** A comma separated list. */
    public List<String> list(String key, List<String> fallback) {
        return value(key, fallback, Settings::parseList);
    }

    /**
     * The names that somebody wrote directly below {@code section}, in the order they were written; each stands for a
     * group of keys. The environment can change such keys, but a name that only stands there is not known.
     */
    public List<String> names(String section) {
        asked.put(section, "none");
        Setting scalar = setting(section);
        if (scalar != null) {
            findings.add(scalar.origin() + ": " + section + ": expected names, each with settings of its own, got \""
                    + scalar.text() + "\"");
        }
        String prefix = section + ".";
        return written.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()).replaceFirst("\\..*", ""))
                .distinct()
                .toList();
    }

    /** Builds a part that checks itself; what it refuses becomes a finding with the place of the key it names. */
    public <T> T part(String prefix, Supplier<T> builder) {
        try {
            return builder.get();
        } catch (IllegalArgumentException e) {
            findings.add(placeOf(prefix, e.getMessage()) + e.getMessage());
            return null;
        }
    }

    /** Which keys were asked for, with their defaults as texts. */
    Map<String, String> asked() {
        return asked;
    }

    /** Ends the reading: refuses when anything did not fit or was left over. */
    public void finish() throws BadSetting {
        List<String> all = new ArrayList<>(findings);
        written.forEach((key, setting) -> {
            if (!asked.containsKey(key)) {
                all.add(setting.origin() + ": " + key + ": expected a known key" + likeIt(key));
            }
        });
        List<String> variables = asked.keySet().stream().map(Settings::variable).toList();
        environment.keySet().stream()
                .filter(name -> !variables.contains(name))
                .forEach(name -> all.add(name + ": expected the name of a setting, see conf/berth.yaml"));
        if (!all.isEmpty()) {
            throw new BadSetting(all);
        }
    }

    static String variable(String key) {
        return "BERTH_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private <T> T value(String key, T fallback, Function<String, T> parser) {
        asked.put(key, fallback == null ? "none" : fallback.toString());
        Setting setting = setting(key);
        if (setting == null) {
            return fallback;
        }
        try {
            return parser.apply(setting.text().trim());
        } catch (IllegalArgumentException e) {
            findings.add(setting.origin() + ": " + key + ": " + e.getMessage());
            return fallback;
        }
    }

    private Setting setting(String key) {
        String variable = variable(key);
        String text = environment.get(variable);
        return text != null ? new Setting(text, variable) : written.get(key);
    }

    /** Parts name what they refuse, in their own spelling; the longest key that fits is meant, for some hold others. */
    private String placeOf(String prefix, String message) {
        return asked.keySet().stream()
                .filter(key -> key.startsWith(prefix) && setting(key) != null && isNamed(key, prefix, message))
                .max(Comparator.comparingInt(String::length))
                .map(key -> setting(key).origin() + ": " + (message.startsWith(key) ? "" : key + ": "))
                .orElse("");
    }

    private static boolean isNamed(String key, String prefix, String message) {
        return plain(message).contains(plain(key.substring(prefix.length())));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace("-", "");
    }

    private String likeIt(String key) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        List<String> near = asked.keySet().stream()
                .filter(known -> known.endsWith(last) || known.startsWith(key.replaceFirst("\\..*", "") + "."))
                .limit(6)
                .toList();
        return near.isEmpty() ? ", see conf/berth.yaml" : ", near it are " + String.join(", ", near);
    }

    private static int parseSize(String text) {
        long bytes = Quantities.bytes(text);
        if (bytes != (int) bytes) {
            throw new IllegalArgumentException("expected a size below 2GiB, got \"" + text + "\"");
        }
        return (int) bytes;
    }

    private static int parseNumber(String text) {
        long count = parseCount(text);
        if (count != (int) count) {
            throw new IllegalArgumentException("expected a number below 2^31, got \"" + text + "\"");
        }
        return (int) count;
    }

    private static long parseCount(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number, got \"" + text + "\"", e);
        }
    }

    private static boolean parseFlag(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("expected true or false, got \"" + text + "\"");
    }

    private static List<String> parseList(String text) {
        return List.of(text.split(",")).stream().map(String::trim).filter(item -> !item.isEmpty()).toList();
    }
}
