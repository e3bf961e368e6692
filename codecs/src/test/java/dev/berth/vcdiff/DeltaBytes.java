package dev.berth.vcdiff;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;

/** Deltas written by hand, plain RFC 3284. */
final class DeltaBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static DeltaBytes header(int... more) {
        DeltaBytes delta = new DeltaBytes().bytes(0xd6, 0xc3, 0xc4, 0);
        return more.length == 0 ? delta.bytes(0) : delta.bytes(more);
    }

    DeltaBytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    DeltaBytes text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    DeltaBytes number(long value) {
        int groups = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        for (int i = groups - 1; i >= 0; i--) {
            out.write((int) (value >> 7 * i & 0x7f) | (i > 0 ? 0x80 : 0));
        }
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    /** A window with a segment of {@code length} at {@code position}; {@code indicator} 0 has none. */
    DeltaBytes window(int indicator, long position, long length, int target, DeltaBytes data, DeltaBytes instructions, DeltaBytes addresses) {
        return window(indicator, position, length, target, null, data, instructions, addresses);
    }

    DeltaBytes window(int indicator, long position, long length, int target, byte[] summed, DeltaBytes data,
            DeltaBytes instructions, DeltaBytes addresses) {
        DeltaBytes body = new DeltaBytes().number(target).bytes(0).number(data.size()).number(instructions.size()).number(addresses.size());
        if (summed != null) {
            Adler32 adler32 = new Adler32();
            adler32.update(summed);
            long sum = adler32.getValue();
            body.bytes((int) (sum >> 24), (int) (sum >> 16), (int) (sum >> 8), (int) sum);
        }
        body.append(data).append(instructions).append(addresses);
        bytes(indicator);
        if ((indicator & 3) != 0) {
            number(length).number(position);
        }
        return number(body.size()).append(body);
    }

    int size() {
        return out.size();
    }

    private DeltaBytes append(DeltaBytes other) {
        out.writeBytes(other.toBytes());
        return this;
    }
}
