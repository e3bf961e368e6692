package dev.berth.lxd.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartSplitterTest {
    private static final String TWO_PARTS = "--cut\r\n"
            + "Content-Disposition: form-data; name=\"metadata\"; filename=\"meta \\\"x\\\".tar\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n"
            + "one\r\n-\r\n--cu\r\r\n--no\r\n\r\n--cut\r\n"
            + "content-disposition: form-data; name=rootfs.img; filename=../../etc/disk\r\n\r\n"
            + "\r\n--cut--\r\n";

    @Test
    void parts_are_the_same_however_the_body_is_cut_into_pieces() {
        for (int size = 1; size <= TWO_PARTS.length(); size++) {
            Collected parts = split("cut", TWO_PARTS.getBytes(ISO_8859_1), size);

            assertThat(parts.heads).containsExactly(
                    new PartHead("metadata", "meta \"x\".tar"), new PartHead("rootfs.img", "disk"));
            assertThat(parts.texts()).as("pieces of %s", size).containsExactly("one\r\n-\r\n--cu\r\r\n--no\r\n", "");
            assertThat(parts.ended).isEqualTo(2);
            assertThat(parts.splitter.isClosed()).isTrue();
        }
    }

    @Test
    void a_body_cut_off_anywhere_never_ends_its_last_part() {
        int lastDelimiter = TWO_PARTS.lastIndexOf("\r\n--cut--");
        for (int length = 0; length < lastDelimiter + "\r\n--cut".length(); length++) {
            Collected parts = split("cut", TWO_PARTS.substring(0, length).getBytes(ISO_8859_1), 7);

            assertThat(parts.ended).as("cut at %s", length).isLessThan(2);
            assertThat(parts.splitter.isClosed()).isFalse();
        }
    }

    @Test
    void text_before_the_first_delimiter_is_ignored() {
        Collected parts = split("b", "hello\r\n--b\r\n\r\nx\r\n--b--".getBytes(ISO_8859_1), 3);

        assertThat(parts.texts()).containsExactly("x");
        assertThat(parts.heads).containsExactly(new PartHead("", ""));
    }

    @Test
    void random_bytes_full_of_line_breaks_come_out_as_they_went_in() {
        byte[] content = new byte[100_000];
        byte[] alphabet = "\r\n-cut".getBytes(ISO_8859_1);
        Random random = new Random(7);
        for (int i = 0; i < content.length; i++) {
            content[i] = alphabet[random.nextInt(alphabet.length)];
        }
        String text = new String(content, ISO_8859_1).replace("--cut", "--cux");

        Collected parts = split("cut", ("--cut\r\n\r\n" + text + "\r\n--cut--").getBytes(ISO_8859_1), 1009);

        assertThat(parts.texts()).containsExactly(text);
    }

    @Test
    void headers_without_end_are_refused_before_they_fill_the_memory() {
        byte[] body = ("--b\r\n" + "x: y\r\n".repeat(2000)).getBytes(ISO_8859_1);

        assertThatThrownBy(() -> split("b", body, 512))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8192 bytes of headers");
    }

    @Test
    void lines_are_not_copied_for_each_of_their_bytes() {
        assertLittleIsCopied("--b" + " ".repeat(8_000) + "\r\n");
        assertLittleIsCopied("--b\r\nx:" + "\n".repeat(8_000));
    }

    private static void assertLittleIsCopied(String start) {
        byte[] body = (start + "\r\n\r\ncontent").getBytes(ISO_8859_1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Collected parts = split("b", body, body.length);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 << 20);
        assertThat(parts.texts()).hasSize(1);
    }

    private static Collected split(String boundary, byte[] body, int size) {
        Collected parts = new Collected(boundary);
        for (int from = 0; from < body.length; from += size) {
            parts.splitter.feed(Arrays.copyOfRange(body, from, Math.min(body.length, from + size)));
        }
        return parts;
    }

    private static final class Collected implements MultipartSplitter.Parts {
        private final MultipartSplitter splitter;
        private final List<PartHead> heads = new ArrayList<>();
        private final List<ByteArrayOutputStream> contents = new ArrayList<>();
        private int ended;

        Collected(String boundary) {
            splitter = new MultipartSplitter(boundary, this);
        }

        List<String> texts() {
            return contents.stream().map(bytes -> bytes.toString(ISO_8859_1)).toList();
        }

        @Override
        public void begin(PartHead head) {
            heads.add(head);
            contents.add(new ByteArrayOutputStream());
        }

        @Override
        public void bytes(byte[] array, int from, int to) {
            contents.get(contents.size() - 1).write(array, from, to - from);
        }

        @Override
        public void end() {
            ended++;
        }
    }
}
