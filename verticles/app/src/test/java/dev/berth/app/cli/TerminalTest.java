package dev.berth.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TerminalTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell() {
        StringWriter out = new StringWriter();
        Table table = new Table("NAME", "SIZE");
        table.row("a-long-name", "1");
        table.print(new PrintWriter(out));

        assertThat(out.toString().lines()).containsExactly("NAME         SIZE", "a-long-name  1");
    }

    @Test
    void a_finished_bar_is_full_and_says_how_much() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ProgressBar bar = new ProgressBar(new PrintStream(out), true, "import", 4 << 20)) {
            bar.add(2 << 20);
            bar.add(2 << 20);
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("[==============================]  100%  4.0 MiB");
    }

    @Test
    void a_bar_of_unknown_length_counts_only() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ProgressBar bar = new ProgressBar(new PrintStream(out), true, "export", -1)) {
            bar.add(1 << 20);
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("export  1.0 MiB").doesNotContain("%");
    }

    @Test
    void a_transfer_of_the_service_is_told_in_its_own_words() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ProgressLine line = new ProgressLine(new PrintStream(out), true, "pull")) {
            line.show("rootfs: 50% (96.57MB/s)");
            line.show("3.10MB (1.00MB/s)");
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("pull  [===============>              ]  rootfs: 50% (96.57MB/s)")
                .contains("pull  3.10MB (1.00MB/s) ");
    }

    @Test
    void a_bar_that_no_terminal_shows_prints_nothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ProgressBar bar = new ProgressBar(new PrintStream(out), false, "import", 10)) {
            bar.add(10);
        }

        assertThat(out.size()).isZero();
    }

    @Test
    void the_usual_data_directory_follows_the_environment() {
        assertThat(DataOption.usual(Map.of(), "/home/a")).isEqualTo(Path.of("/home/a/.local/share/berth"));
        assertThat(DataOption.usual(Map.of("HOME", ""), "/home/a")).isEqualTo(Path.of("/home/a/.local/share/berth"));
        assertThat(DataOption.usual(Map.of("HOME", "/h"), "/home/a")).isEqualTo(Path.of("/h/.local/share/berth"));
        assertThat(DataOption.usual(Map.of("XDG_DATA_HOME", "/x"), "/home/a")).isEqualTo(Path.of("/x/berth"));
        assertThat(DataOption.usual(Map.of("XDG_DATA_HOME", "/x", "BERTH_DATA", "/d"), "/home/a"))
                .isEqualTo(Path.of("/d"));
    }

    @Test
    void an_empty_data_option_means_the_usual_directory_and_not_the_current_one() {
        DataOption option = CommandLine.populateCommand(new DataOption(), "--data", "");

        assertThat(option.directory()).isEqualTo(new DataOption().directory());
        assertThat(option.given()).isNull();
    }

    @Test
    void names_and_boundaries_are_read_from_headers() {
        assertThat(new Download(null, "inline;filename=abc.tar.xz").filename("x")).isEqualTo("abc.tar.xz");
        assertThat(new Download(null, "inline; filename=\"a b\"").filename("x")).isEqualTo("a b");
        assertThat(new Download(null, null).filename("x")).isEqualTo("x");
        assertThat(new Download("multipart/form-data; boundary=abc", null).boundary()).isEqualTo("abc");
        assertThat(new Download("application/octet-stream", null).boundary()).isNull();
    }
}
