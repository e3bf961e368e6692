package dev.berth.format.tar;

import dev.berth.format.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies what is below {@code rootfs/} in an archive into another one, with {@code rootfs/} taken off the names.
 * Everything else about a member stays as it is: headers are changed where a name stands, contents are copied, and
 * nothing is ever unpacked. Holds one header and one buffer, whatever the archive says about itself.
 */
public final class RootMove {
    private static final String ROOT = "rootfs";
    private static final String TOP = "./";
    private static final String HEADER_ONLY = "123456";
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final TarWriter writer;
    private final int extendedHeaderBytes;
    private final byte[] buffer = new byte[BUFFER];
    private long headersLeft;
    private long moved;

    private RootMove(InputStream in, OutputStream out, int extendedHeaderBytes, long headers) {
        this.in = in;
        this.out = out;
        this.writer = new TarWriter(out);
        this.extendedHeaderBytes = extendedHeaderBytes;
        this.headersLeft = headers;
    }

    /**
     * Reads to the end of the archive. Blocks: for a worker thread.
     *
     * @param in the uncompressed archive; not closed here
     * @param out gets the new archive, ended; not closed here
     * @param extendedHeaderBytes largest PAX or GNU header taken
     * @param headers most headers taken, of any sort
     * @throws FormatException for an archive that is damaged, beyond the limits, or has nothing below {@code rootfs/}
     */
    public static void copy(InputStream in, OutputStream out, int extendedHeaderBytes, long headers) throws IOException {
        RootMove move = new RootMove(in, out, extendedHeaderBytes, headers);
        boolean more = true;
        while (more) {
            more = move.next();
        }
        if (move.moved == 0) {
            throw new FormatException("the image has nothing below rootfs/");
        }
        move.writer.close();
    }

    /** What is said about a member before its own header. */
    private static final class Before {
        private Map<String, String> records = new HashMap<>();
        private String name = "";
        private String link = "";
    }

    private boolean next() throws IOException {
        Before before = new Before();
        while (true) {
            byte[] block = in.readNBytes(TarHeader.BLOCK);
            if (block.length == 0 || TarWalk.isZero(block)) {
                return false;
            }
            TarHeader header = header(block);
            switch (header.type()) {
                case 'x' -> before.records = records(extended(header));
                case 'L' -> before.name = untilNul(extended(header));
                case 'K' -> before.link = untilNul(extended(header));
                case 'g' -> global(extended(header));
                default -> {
                    member(header, new HeaderBlock(block), before);
                    return true;
                }
            }
        }
    }

    private TarHeader header(byte[] block) throws FormatException {
        if (block.length < TarHeader.BLOCK) {
            throw TarWalk.truncated();
        }
        if (--headersLeft < 0) {
            throw new FormatException("the archive has more entries than are read here");
        }
        return TarHeader.of(block);
    }

    private void member(TarHeader header, HeaderBlock block, Before before) throws IOException {
        long size = HEADER_ONLY.indexOf(header.type()) >= 0 ? 0 : size(header, before.records);
        Optional<String> name = below(name(block, before), header.type() == '5');
        if (name.isPresent()) {
            moved++;
            write(header, block, before, name.get());
            sparseMap(header, out);
            copy(size, out);
        } else {
            sparseMap(header, OutputStream.nullOutputStream());
            copy(size, OutputStream.nullOutputStream());
        }
    }

    private void write(TarHeader header, HeaderBlock block, Before before, String name) throws IOException {
        Map<String, String> records = before.records;
        String link = link(header, block, before);
        records.remove("path");
        records.remove("linkpath");
        if (block.isGnu()) {
            gnuNames(block, name, link);
        } else {
            TarWriter.longNames(block, name, link, records);
        }
        if (records.containsKey("GNU.sparse.name")) {
            records.put("GNU.sparse.name", name);
        }
        writer.extended(records);
        out.write(block.sealed());
    }

    private void gnuNames(HeaderBlock block, String name, String link) throws IOException {
        if (name.length() > HeaderBlock.NAME_BYTES) {
            writer.special('L', "././@LongLink", (name + "\0").getBytes(StandardCharsets.ISO_8859_1));
        }
        if (link.length() > HeaderBlock.NAME_BYTES) {
            writer.special('K', "././@LongLink", (link + "\0").getBytes(StandardCharsets.ISO_8859_1));
        }
        block.name(name);
        block.link(link);
    }

    private static String name(HeaderBlock block, Before before) {
        String longest = before.name.isEmpty() ? block.name() : before.name;
        String path = before.records.getOrDefault("path", longest);
        return before.records.getOrDefault("GNU.sparse.name", path);
    }

    /** A hard link names another member and moves with it; what a symbolic link says is not ours to judge. */
    private static String link(TarHeader header, HeaderBlock block, Before before) throws FormatException {
        String longest = before.link.isEmpty() ? block.link() : before.link;
        String link = before.records.getOrDefault("linkpath", longest);
        if (header.type() != '1') {
            return link;
        }
        return below(link, false).orElseThrow(() -> new FormatException("a hard link leads out of rootfs/"));
    }

    /** The name without {@code rootfs/}; empty for everything outside. */
    private static Optional<String> below(String name, boolean folder) {
        String plain = name;
        while (plain.startsWith(TOP)) {
            plain = plain.substring(TOP.length());
        }
        if (folder && plain.equals(ROOT)) {
            return Optional.of(TOP);
        }
        if (!plain.startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        String rest = plain.substring(ROOT.length()).replaceFirst("^/+", "");
        return Optional.of(rest.isEmpty() ? TOP : rest);
    }

    /** Records for all that follow; a name among them would be everybody's, which no honest program writes. */
    private void global(byte[] data) throws IOException {
        Map<String, String> records = records(data);
        if (records.containsKey("path") || records.containsKey("linkpath")) {
            throw TarHeader.invalid();
        }
        writer.special('g', "PaxHeaders/0", data);
    }

    private static long size(TarHeader header, Map<String, String> records) throws FormatException {
        return PaxRecords.size(records, header.size());
    }

    private byte[] extended(TarHeader header) throws IOException {
        if (header.size() > extendedHeaderBytes) {
            throw new FormatException("archive/tar: header field too long");
        }
        int size = (int) header.size();
        byte[] data = in.readNBytes(size);
        int padding = -size & TarHeader.BLOCK - 1;
        if (data.length < size || in.readNBytes(padding).length < padding) {
            throw TarWalk.truncated();
        }
        return data;
    }

    private void sparseMap(TarHeader header, OutputStream target) throws IOException {
        boolean more = header.type() == 'S' && header.sparseMapContinues();
        while (more) {
            byte[] block = in.readNBytes(TarHeader.BLOCK);
            if (block.length < TarHeader.BLOCK) {
                throw TarWalk.truncated();
            }
            target.write(block);
            more = block[504] != 0;
        }
    }

    /** Copies content with its padding. */
    private void copy(long size, OutputStream target) throws IOException {
        long left = size + (-size & TarHeader.BLOCK - 1);
        while (left > 0) {
            int got = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (got < 0) {
                throw TarWalk.truncated();
            }
            target.write(buffer, 0, got);
            left -= got;
        }
    }

    private static Map<String, String> records(byte[] data) throws FormatException {
        return PaxRecords.read(data, StandardCharsets.ISO_8859_1);
    }

    private static String untilNul(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
