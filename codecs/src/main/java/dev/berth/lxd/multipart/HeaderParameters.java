package dev.berth.lxd.multipart;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of a header value: {@code form-data; name="rootfs"; filename="a \"b\".xz"}. */
public final class HeaderParameters {
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([^\\s=;\"]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\"]*+))");

    private HeaderParameters() {}

    /** Names in lower case; quotes and the escapes within them are undone. */
    public static Map<String, String> of(String value) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher found = PARAMETER.matcher(value);
        while (found.find()) {
            String plain = found.group(3);
            String text = plain == null ? unescaped(found.group(2)) : plain.trim();
            parameters.putIfAbsent(found.group(1).toLowerCase(Locale.ROOT), text);
        }
        return parameters;
    }

    private static String unescaped(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }
}
