package dev.berth.serve.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionTest {
    @TempDir
    private Path folder;

    @Test
    void the_real_xz_does_not_notice_what_is_sent_while_a_client_waits() throws Exception {
        byte[] filler = new Conversion(folder.resolve("part")).filler();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.writeBytes(filler);
        sent.writeBytes(filler);
        sent.writeBytes(Packing.XZ.pack("content".getBytes(StandardCharsets.US_ASCII)));
        Files.write(folder.resolve("file.xz"), sent.toByteArray());

        RealTool.named("xz").run(folder, "-d", "file.xz");

        assertThat(folder.resolve("file")).hasContent("content");
    }
}
