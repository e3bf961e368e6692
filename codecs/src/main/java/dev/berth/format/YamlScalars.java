package dev.berth.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Scalars as Go's YAML 1.1 reader takes them, from their source text and style; refusals have the shape of its texts. */
final class YamlScalars {
    private static final Set<String> TRUE = Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0x([0-9a-f]{1,16})|0b([01]{1,64})|0o?([0-7]{1,22})|(0|[1-9][0-9]{0,18}))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?");
    private static final int MOST_DIGITS = 100;
    private static final int SHOWN = 10;

    private YamlScalars() {}

    static boolean isNull(Node node) {
        return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
    }

    /** The source text; "" for null; lists and mappings are refused. */
    static String text(Node node) throws FormatException {
        if (!(node instanceof ScalarNode scalar)) {
            throw mismatch(node, "string");
        }
        return isNull(node) ? "" : scalar.getValue();
    }

    static boolean truth(Node node) throws FormatException {
        if (isNull(node) || isPlain(node) && FALSE.contains(text(node))) {
            return false;
        }
        if (isPlain(node) && TRUE.contains(text(node))) {
            return true;
        }
        throw mismatch(node, "bool");
    }

    static long wholeNumber(Node node) throws FormatException {
        if (isNull(node)) {
            return 0;
        }
        if (!isPlain(node) || text(node).length() > MOST_DIGITS) {
            throw mismatch(node, "int64");
        }
        BigInteger number = number(node, text(node).replace("_", "").toLowerCase(Locale.ROOT));
        if (number.bitLength() > Long.SIZE - 1) {
            throw mismatch(node, "int64");
        }
        return number.longValue();
    }

    static FormatException mismatch(Node node, String goType) {
        int line = node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
        return new FormatException(
                "yaml: unmarshal errors:\n  line " + line + ": cannot unmarshal " + described(node) + " into " + goType);
    }

    private static BigInteger number(Node node, String text) throws FormatException {
        Matcher integer = INTEGER.matcher(text);
        if (integer.matches()) {
            BigInteger magnitude = magnitude(integer);
            return integer.group(1).equals("-") ? magnitude.negate() : magnitude;
        }
        if (FLOAT.matcher(text).matches()) {
            return new BigDecimal(text).toBigInteger();
        }
        throw mismatch(node, "int64");
    }

    private static BigInteger magnitude(Matcher integer) {
        int[] radix = {16, 2, 8, 10};
        for (int i = 0; i < radix.length; i++) {
            String digits = integer.group(i + 2);
            if (digits != null) {
                return new BigInteger(digits, radix[i]);
            }
        }
        throw new IllegalStateException("no digits in " + integer.group());
    }

    private static boolean isPlain(Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain();
    }

    private static String described(Node node) {
        if (node instanceof ScalarNode scalar) {
            String value = scalar.getValue();
            String shown = value.length() > SHOWN ? value.substring(0, SHOWN - 3) + "..." : value;
            return Shown.of(shortTag(node)) + " `" + Shown.of(shown) + "`";
        }
        return node instanceof SequenceNode ? "!!seq" : "!!map";
    }

    private static String shortTag(Node node) {
        String tag = node.getTag().getValue();
        return tag.startsWith(Tag.PREFIX) ? "!!" + tag.substring(Tag.PREFIX.length()) : tag;
    }
}
