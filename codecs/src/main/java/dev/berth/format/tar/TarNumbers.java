package dev.berth.format.tar;

import dev.berth.format.FormatException;

/** Numbers in tar headers: octal digits between blanks and NULs, or GNU's binary form with the top bit set. */
final class TarNumbers {
    private TarNumbers() {}

    static long parse(byte[] block, int from, int length) throws FormatException {
        return (block[from] & 0x80) != 0 ? binary(block, from, length) : octal(block, from, length);
    }

    /** Big-endian two's complement whose first bit is only a mark; what does not fit 63 bits and a sign is refused. */
    private static long binary(byte[] block, int from, int length) throws FormatException {
        boolean negative = (block[from] & 0x40) != 0;
        int flip = negative ? 0xff : 0;
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = (block[from + i] ^ flip) & (i == 0 ? 0x7f : 0xff);
            if (value >>> 55 != 0) {
                throw TarHeader.invalid();
            }
            value = value << 8 | digit;
        }
        return negative ? ~value : value;
    }

    private static long octal(byte[] block, int from, int length) throws FormatException {
        int start = from;
        int end = from + length;
        while (start < end && isPadding(block[start])) {
            start++;
        }
        while (end > start && isPadding(block[end - 1])) {
            end--;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            if (block[i] < '0' || block[i] > '7') {
                throw TarHeader.invalid();
            }
            value = value << 3 | block[i] - '0';
        }
        return value;
    }

    private static boolean isPadding(byte b) {
        return b == ' ' || b == 0;
    }
}
