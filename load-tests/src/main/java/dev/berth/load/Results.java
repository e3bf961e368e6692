package dev.berth.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Writes one result file per bench: date, machine, command, and a line per finding. */
final class Results {
    private final Path folder;

    Results(Path folder) {
        this.folder = folder;
    }

    void write(String bench, List<Finding> findings) throws IOException {
        StringBuilder text = new StringBuilder("# " + bench + "\n\n");
        text.append("Date: ").append(LocalDate.now(ZoneOffset.UTC)).append("  \n");
        text.append("Machine: ").append(machine()).append("  \n");
        text.append("Command: `load-tests/run ").append(bench).append("`\n\n");
        text.append("| what | Berth | yardstick | ratio | target | |\n|---|---|---|---|---|---|\n");
        findings.forEach(finding -> text.append(finding.row()).append('\n'));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(bench + ".md"), text);
        System.out.print(text);
    }

    private static String machine() {
        String processor = Shell.run("sh", "-c", "sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1")
                .text()
                .strip();
        return Runtime.getRuntime().availableProcessors()
                + " × "
                + processor
                + ", Linux "
                + System.getProperty("os.version")
                + ", Java "
                + System.getProperty("java.version");
    }
}
