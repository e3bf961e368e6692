package dev.berth.vcdiff;

import java.io.IOException;
import java.util.Arrays;

/** Carries out the instructions of one window after the other into one buffer (RFC 3284, sections 3 and 5). */
final class WindowDecoder {
    private final Sections sections;
    private final AddressCache cache = new AddressCache();
    private byte[] made = new byte[0];
    private Segment segment = Segment.NONE;
    private int count;
    private int wanted;

    WindowDecoder(Sections sections) {
        this.sections = sections;
    }

    /** Returns a buffer that begins with the window's bytes and is valid until the next call. */
    byte[] decode(Segment from, int targetLength) throws IOException {
        segment = from;
        wanted = targetLength;
        count = 0;
        made = made.length < targetLength ? new byte[targetLength] : made;
        cache.reset();
        while (sections.instructions.hasMore()) {
            int code = 2 * sections.instructions.next();
            carryOut(code);
            carryOut(code + 1);
        }
        if (count != wanted) {
            throw new VcdiffException("the window must make " + wanted + " bytes, but its instructions make " + count);
        }
        sections.checkUsedUp();
        return made;
    }

    private void carryOut(int instruction) throws IOException {
        byte kind = CodeTable.KIND[instruction];
        if (kind == CodeTable.NOTHING) {
            return;
        }
        int size = room(CodeTable.SIZE[instruction] == 0 ? sections.instructions.number() : CodeTable.SIZE[instruction]);
        if (kind == CodeTable.ADD) {
            sections.data.take(made, count, size);
        } else if (kind == CodeTable.RUN) {
            Arrays.fill(made, count, count + size, (byte) sections.data.next());
        } else {
            copy(cache.read(CodeTable.MODE[instruction], segment.length() + count, sections.addresses), size);
        }
        count += size;
    }

    private int room(long size) throws VcdiffException {
        if (size > wanted - count) {
            throw new VcdiffException("the window must make " + wanted + " bytes, but an instruction at " + count
                    + " makes " + size + " more");
        }
        return (int) size;
    }

    /** From the segment, from the window itself, or from where the one goes over into the other. */
    private void copy(long address, int size) throws IOException {
        int fromSegment = (int) Math.max(0, Math.min(size, segment.length() - address));
        if (fromSegment > 0) {
            segment.reader().read(segment.position() + address, made, count, fromSegment);
        }
        if (fromSegment < size) {
            repeat((int) (address + fromSegment - segment.length()), count + fromSegment, size - fromSegment);
        }
    }

    /** Bytes that are made by the copy itself may be copied again: a short pattern then repeats, in growing pieces. */
    private void repeat(int from, int to, int size) {
        for (int done = 0; done < size; ) {
            int piece = Math.min(size - done, to + done - from);
            System.arraycopy(made, from, made, to + done, piece);
            done += piece;
        }
    }
}
