package dev.berth.format.tar;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes an archive: ustar headers, and PAX records only where they are needed, as published images have them (formats
 * 8). The same members give the same bytes. Not for use by two threads.
 */
public final class TarWriter implements AutoCloseable {
    private static final long LARGEST_OCTAL = 07777777;
    private static final String ATTRIBUTE = "SCHILY.xattr.";

    private final OutputStream out;

    /** @param out gets the archive; not closed here */
    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes the content of a file, exactly as many bytes as its header announced. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Adds a member without content. */
    public void member(NewMember member) throws IOException {
        Map<String, String> records = new HashMap<>();
        HeaderBlock header = header(member);
        longNames(header, member.name(), member.link(), records);
        wideNumber("uid", member.owner(), records);
        wideNumber("gid", member.group(), records);
        member.attributes().forEach((name, value) -> records.put(ATTRIBUTE + name, value));
        extended(records);
        out.write(header.sealed());
    }

    /** Adds a file. */
    public void file(NewMember member, Content content) throws IOException {
        member(member);
        Counting counting = new Counting(out);
        content.writeTo(counting);
        if (counting.written != member.bytes()) {
            throw new IOException("a file was announced with " + member.bytes() + " bytes and had " + counting.written);
        }
        out.write(new byte[(int) (-member.bytes() & TarHeader.BLOCK - 1)]);
    }

    /** Ends the archive. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * TarHeader.BLOCK]);
    }

    /** Puts names into a header, and what does not fit there into records. */
    static void longNames(HeaderBlock header, String name, String link, Map<String, String> records) {
        header.name(name);
        header.link(link);
        if (name.length() > HeaderBlock.NAME_BYTES) {
            records.put("path", name);
        }
        if (link.length() > HeaderBlock.NAME_BYTES) {
            records.put("linkpath", link);
        }
    }

    /** Writes records as the extended header of the member that follows, when there are any. */
    void extended(Map<String, String> records) throws IOException {
        if (!records.isEmpty()) {
            special('x', "PaxHeaders/0", PaxWriting.records(records));
        }
    }

    /** A member that only tells something about the next one. */
    void special(char type, String name, byte[] data) throws IOException {
        HeaderBlock header = new HeaderBlock(name, type, 0644);
        header.size(data.length);
        out.write(header.sealed());
        out.write(data);
        out.write(new byte[-data.length & TarHeader.BLOCK - 1]);
    }

    /** The header has it in GNU's form as well, which not everybody reads. */
    private static void wideNumber(String key, long value, Map<String, String> records) {
        if (value > LARGEST_OCTAL) {
            records.put(key, Long.toString(value));
        }
    }

    private static HeaderBlock header(NewMember member) {
        HeaderBlock header = new HeaderBlock(member.name(), member.type(), member.mode());
        header.owner(member.owner(), member.group());
        header.time(member.seconds());
        header.size(member.bytes());
        if (member.device() != null) {
            header.device(member.device().major(), member.device().minor());
        }
        return header;
    }

    private static final class Counting extends FilterOutputStream {
        private long written;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            written++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            written += length;
        }
    }
}
