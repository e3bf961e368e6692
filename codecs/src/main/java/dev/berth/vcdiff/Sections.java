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
        fill(data, window.dataLength(), DATA_COMPRESSED, dataStream, window);
        fill(instructions, window.instructionsLength(), INSTRUCTIONS_COMPRESSED, instructionsStream, window);
        fill(addresses, window.addressesLength(), ADDRESSES_COMPRESSED, addressesStream, window);
    }

    void checkUsedUp() throws VcdiffException {
        data.checkUsedUp();
        addresses.checkUsedUp();
    }

    private void fill(Section section, int length, int compressed, LzmaStream stream, WindowHeader window) throws IOException {
        if ((window.compressedSections() & compressed) == 0) {
            delta.fully(section.refill(length), length);
        } else {
            stream.read(section, length, WindowHeader.sectionLimit(window.targetLength()));
        }
    }
}
