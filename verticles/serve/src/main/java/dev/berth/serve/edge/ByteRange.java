package dev.berth.serve.edge;

/** Which part of a body a client wants (RFC 9110, 14). What cannot be understood is ignored, as the RFC says. */
sealed interface ByteRange permits ByteRange.Whole, ByteRange.Part, ByteRange.Unsatisfiable {
    /** Everything: no range was asked for, or several at once, which we need not serve. */
    record Whole() implements ByteRange {}

    /**
     * @param offset of the first byte
     * @param length at least 1
     */
    record Part(long offset, long length) implements ByteRange {}

    /** No byte of it exists. */
    record Unsatisfiable() implements ByteRange {}

    String UNIT = "bytes=";

    /**
     * @param header value of Range, or null
     * @param length of the whole body
     */
    static ByteRange of(String header, long length) {
        if (header == null || !header.startsWith(UNIT) || header.indexOf(',') >= 0) {
            return new Whole();
        }
        String spec = header.substring(UNIT.length()).strip();
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return new Whole();
        }
        String first = spec.substring(0, dash);
        String last = spec.substring(dash + 1);
        if (first.isEmpty()) {
            return isNumber(last) ? ending(number(last), length) : new Whole();
        }
        boolean understood = isNumber(first) && (last.isEmpty() || isNumber(last) && number(last) >= number(first));
        return understood ? between(number(first), last.isEmpty() ? Long.MAX_VALUE : number(last), length) : new Whole();
    }

    private static ByteRange between(long first, long last, long length) {
        return first < length ? new Part(first, Math.min(last, length - 1) - first + 1) : new Unsatisfiable();
    }

    private static ByteRange ending(long count, long length) {
        long some = Math.min(count, length);
        return some > 0 ? new Part(length - some, some) : new Unsatisfiable();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Beyond what a long holds is beyond every body. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE;
        }
    }
}
