package dev.berth.format.tar;

import dev.berth.format.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks a tar archive from front to back, once. Holds one block, one extended header and one skip buffer, whatever the
 * archive says about itself. Not for use by two threads.
 */
public final class TarWalk {
    private static final int SKIP_BUFFER = 64 * 1024;

    private final InputStream in;
    private final int extendedHeaderBytes;
    private final byte[] skipped = new byte[SKIP_BUFFER];
    private long headersLeft;
    private long dataLeft;
    private int padding;

    /**
     * @param in the uncompressed archive; not closed here
     * @param extendedHeaderBytes largest PAX or GNU header taken
     * @param headers most headers taken, of any sort
     */
    public TarWalk(InputStream in, int extendedHeaderBytes, long headers) {
        this.in = in;
        this.extendedHeaderBytes = extendedHeaderBytes;
        this.headersLeft = headers;
    }

    /**
     * The next member, or empty at the end, which is the first block of zeros or the end of the stream. Skips what is
     * left of the previous one.
     *
     * @throws FormatException for a header that is damaged or goes beyond the limits, or an archive that ends within a member
     */
    public Optional<TarEntry> next() throws IOException {
        PaxRecords pax = PaxRecords.NONE;
        String longName = "";
        while (true) {
            Optional<TarHeader> block = nextHeader();
            if (block.isEmpty()) {
                return Optional.empty();
            }
            TarHeader header = block.get();
            switch (header.type()) {
                case 'x' -> pax = PaxRecords.parse(extended(header));
                case 'L' -> longName = untilNul(extended(header));
                case 'g', 'K' -> extended(header);
                default -> {
                    return Optional.of(member(header, pax, longName));
                }
            }
        }
    }

    /**
     * The whole content of the member {@link #next} returned last.
     *
     * @param most the largest content taken, in bytes
     */
    public byte[] content(int most) throws IOException {
        if (dataLeft > most) {
            throw new FormatException("expected at most " + most + " bytes of content, the archive announces " + dataLeft);
        }
        int wanted = (int) dataLeft;
        byte[] content = in.readNBytes(wanted);
        if (content.length < wanted) {
            throw truncated();
        }
        dataLeft = 0;
        return content;
    }

    private TarEntry member(TarHeader header, PaxRecords pax, String longName) throws IOException {
        char type = header.type();
        TarEntry.Kind kind = kind(type);
        boolean hasData = kind == TarEntry.Kind.FILE || kind == TarEntry.Kind.OTHER && !isHeaderOnly(type);
        long size = hasData ? pax.sizeOr(header.size()) : 0;
        if (type == 'S') {
            skipSparseMap(header);
        }
        expectData(size);
        String name = pax.nameOr(longName.isEmpty() ? header.name() : longName);
        return new TarEntry(name, kind, size, type == 'S' || pax.isSparse());
    }

    private Optional<TarHeader> nextHeader() throws IOException {
        skip(dataLeft);
        skip(padding);
        dataLeft = 0;
        padding = 0;
        byte[] block = in.readNBytes(TarHeader.BLOCK);
        if (block.length == 0 || isZero(block)) {
            return Optional.empty();
        }
        countHeader(block);
        return Optional.of(TarHeader.of(block));
    }

    private void countHeader(byte[] block) throws FormatException {
        if (block.length < TarHeader.BLOCK) {
            throw truncated();
        }
        if (--headersLeft < 0) {
            throw new FormatException("the archive has more entries than are read here;"
                    + " pack the root file system as a file of its own, or put metadata.yaml first");
        }
    }

    private byte[] extended(TarHeader header) throws IOException {
        if (header.size() > extendedHeaderBytes) {
            throw new FormatException("archive/tar: header field too long");
        }
        expectData(header.size());
        return content(extendedHeaderBytes);
    }

    private void skipSparseMap(TarHeader header) throws IOException {
        boolean more = header.sparseMapContinues();
        while (more) {
            byte[] block = in.readNBytes(TarHeader.BLOCK);
            countHeader(block);
            more = block[504] != 0;
        }
    }

    private void expectData(long size) {
        dataLeft = size;
        padding = (int) (-size & TarHeader.BLOCK - 1);
    }

    private void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            int got = in.read(skipped, 0, (int) Math.min(left, skipped.length));
            if (got < 0) {
                throw truncated();
            }
            left -= got;
        }
    }

    private static TarEntry.Kind kind(char type) {
        return switch (type) {
            case '0' -> TarEntry.Kind.FILE;
            case '2' -> TarEntry.Kind.SYMBOLIC_LINK;
            case '5' -> TarEntry.Kind.DIRECTORY;
            default -> TarEntry.Kind.OTHER;
        };
    }

    /** Hard links, devices and FIFOs carry no data, whatever size their header states. */
    private static boolean isHeaderOnly(char type) {
        return type == '1' || type == '3' || type == '4' || type == '6';
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return block.length == TarHeader.BLOCK;
    }

    private static String untilNul(byte[] data) {
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        return new String(data, 0, end, StandardCharsets.UTF_8);
    }

    static FormatException truncated() {
        return new FormatException("unexpected EOF");
    }
}
