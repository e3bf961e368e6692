package dev.berth.vcdiff;

import java.io.IOException;

/** The bytes of one section of one window, decompressed. The buffer is kept from window to window. */
final class Section {
    private final String name;
    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    Section(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Room for {@code length} bytes, to be filled at once. */
    byte[] refill(int length) {
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        position = 0;
        end = length;
        return bytes;
    }

    boolean hasMore() {
        return position < end;
    }

    int next() throws VcdiffException {
        if (position == end) {
            throw endsEarly();
        }
        return bytes[position++] & 0xff;
    }

    long number() throws IOException {
        return VariableLength.read(this::next);
    }

    void take(byte[] to, int from, int length) throws VcdiffException {
        if (length > end - position) {
            throw endsEarly();
        }
        System.arraycopy(bytes, position, to, from, length);
        position += length;
    }

    void checkUsedUp() throws VcdiffException {
        if (hasMore()) {
            throw new VcdiffException("the " + name + " section must be used up, but " + (end - position) + " bytes are left");
        }
    }

    private VcdiffException endsEarly() {
        return new VcdiffException("the " + name + " section has " + end + " bytes, but the window needs more");
    }
}
