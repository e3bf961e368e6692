package dev.berth.vcdiff;

import java.io.IOException;

/** The three sections of the current window, in the order they stand in the delta. */
final class Sections {
    private static final int DATA_COMPRESSED = 1;
    private static final int INSTRUCTIONS_COMPRESSED = 2;
    private static final int ADDRESSES_COMPRESSED = 4;

    final Section data = new Section("data");
    final Section instructions = new Section("instructions");
    final Section addresses = new Section("addresses");
    private final DeltaInput delta;
    private final LzmaStream dataStream;
    private final LzmaStream instructionsStream;
    private final LzmaStream addressesStream;

    Sections(DeltaInput delta, VcdiffLimits limits) {
        this.delta = delta;
        this.dataStream = new LzmaStream(delta, limits);
        this.instructionsStream = new LzmaStream(delta, limits);
        this.addressesStream = new LzmaStream(delta, limits);
    }

    void read(WindowHeader window) throws IOException {
        int compressed = window.compressedSections();
        int most = WindowHeader.sectionLimit(window.targetLength());
        fill(data, window.dataLength(), (compressed & DATA_COMPRESSED) != 0 ? dataStream : null, most);
        fill(instructions, window.instructionsLength(), (compressed & INSTRUCTIONS_COMPRESSED) != 0 ? instructionsStream : null, most);
        fill(addresses, window.addressesLength(), (compressed & ADDRESSES_COMPRESSED) != 0 ? addressesStream : null, most);
    }

    void checkUsedUp() throws VcdiffException {
        data.checkUsedUp();
        addresses.checkUsedUp();
    }

    private void fill(Section section, int length, LzmaStream stream, int most) throws IOException {
        if (stream == null) {
            delta.fully(section.refill(length), length);
        } else {
            stream.read(section, length, most);
        }
    }
}
