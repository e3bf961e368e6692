package dev.berth.vcdiff;

/** The default instruction codes (RFC 3284, section 5.6): each of the 256 codes stands for one or two instructions. */
final class CodeTable {
    static final byte NOTHING = 0;
    static final byte ADD = 1;
    static final byte RUN = 2;
    static final byte COPY = 3;

    private static final int CODES = 256;
    private static final int MODES = 9;
    private static final int SINGLE_ADDS = 17;
    private static final int SHORTEST_COPY = 4;
    private static final int LONGEST_COPY = 18;
    private static final int LONGEST_PAIRED_ADD = 4;
    private static final int SAME_MODES_FROM = 6;

    /** First and second instruction of a code, at {@code 2 * code} and {@code 2 * code + 1}. */
    static final byte[] KIND = new byte[2 * CODES];
    /** Its size; 0 when the size follows the code. */
    static final byte[] SIZE = new byte[2 * CODES];
    /** The address mode of a copy. */
    static final byte[] MODE = new byte[2 * CODES];

    static {
        int code = set(0, RUN, 0, 0, NOTHING, 0, 0);
        for (int size = 0; size <= SINGLE_ADDS; size++) {
            code = set(code, ADD, size, 0, NOTHING, 0, 0);
        }
        for (int mode = 0; mode < MODES; mode++) {
            code = set(code, COPY, 0, mode, NOTHING, 0, 0);
            for (int size = SHORTEST_COPY; size <= LONGEST_COPY; size++) {
                code = set(code, COPY, size, mode, NOTHING, 0, 0);
            }
        }
        for (int mode = 0; mode < MODES; mode++) {
            code = addThenCopy(code, mode);
        }
        for (int mode = 0; mode < MODES; mode++) {
            code = set(code, COPY, SHORTEST_COPY, mode, ADD, 1, 0);
        }
    }

    private CodeTable() {}

    private static int addThenCopy(int from, int mode) {
        int code = from;
        int longest = mode < SAME_MODES_FROM ? SHORTEST_COPY + 2 : SHORTEST_COPY;
        for (int add = 1; add <= LONGEST_PAIRED_ADD; add++) {
            for (int copy = SHORTEST_COPY; copy <= longest; copy++) {
                code = set(code, ADD, add, 0, COPY, copy, mode);
            }
        }
        return code;
    }

    private static int set(int code, byte kind, int size, int mode, byte secondKind, int secondSize, int secondMode) {
        KIND[2 * code] = kind;
        SIZE[2 * code] = (byte) size;
        MODE[2 * code] = (byte) mode;
        KIND[2 * code + 1] = secondKind;
        SIZE[2 * code + 1] = (byte) secondSize;
        MODE[2 * code + 1] = (byte) secondMode;
        return code + 1;
    }
}
