package dev.berth.app.cli;

import dev.berth.catalog.CatalogReader;
import dev.berth.image.BlobId;
import dev.berth.kit.disk.LocalDisk;
import dev.berth.lxd.LxdJson;
import dev.berth.store.BlobReport;
import dev.berth.store.BlobVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Compares catalog and blobs of a data directory, whether a service runs in it or not. Changes nothing.
 *
 * <p>On a running service images come and go meanwhile. The catalog is read before the blobs, so what arrives is at worst
 * called an orphan; what seems to be missing counts only when a second look at the catalog still wants it.
 */
@Command(
        name = "verify",
        description = "Prove that every image of a data directory is there and whole; the service may run or not.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:sound", "1:damage", "2:wrong usage", "3:could not read"})
final class VerifyVerb implements Callable<Integer> {
    private static final int SOUND = 0;
    private static final int DAMAGE = 1;
    private static final int NOT_READ = 3;

    @Mixin
    private DataOption data;

    @Option(
            names = "--read-data",
            arity = "0..1",
            paramLabel = "PERCENT",
            fallbackValue = "100",
            description = "Read blobs again and compare their hashes, all or this share. Default: compare lengths only.")
    private String share = "0";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        int percent = percent();
        try {
            BlobReport report = report(data.directory().toAbsolutePath(), percent);
            VerifyReport said = new VerifyReport(report);
            print(said);
            return said.isDamaged() ? DAMAGE : report.isSound() ? SOUND : NOT_READ;
        } catch (IOException | SQLException e) {
            spec.commandLine().getErr().println("berth: cannot read " + data.directory() + ": " + e.getMessage());
            return NOT_READ;
        }
    }

    private int percent() {
        String digits = share.endsWith("%") ? share.substring(0, share.length() - 1) : share;
        if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > 100) {
            throw new ParameterException(
                    spec.commandLine(), "--read-data: expected 0 to 100 percent, got \"" + share + "\"");
        }
        return Integer.parseInt(digits);
    }

    private BlobReport report(Path directory, int percent) throws IOException, SQLException {
        Path database = directory.resolve("berth.db");
        Map<BlobId, Long> wanted = wanted(database);
        BlobVerifier verifier = new BlobVerifier(new LocalDisk(), directory);
        try (ProgressBar bar = ProgressBar.onTerminal("verify", -1)) {
            BlobReport report = verifier.verify(wanted, percent, bar::at);
            return report.missing().isEmpty() ? report : without(report, wanted(database));
        }
    }

    private static BlobReport without(BlobReport report, Map<BlobId, Long> stillWanted) {
        List<String> missing = report.missing().stream()
                .filter(blob -> stillWanted.containsKey(new BlobId(blob)))
                .toList();
        return new BlobReport(
                report.sound(),
                report.read(),
                report.bytesRead(),
                report.damaged(),
                report.unreadable(),
                missing,
                report.orphaned(),
                report.foreign());
    }

    private static Map<BlobId, Long> wanted(Path database) throws SQLException {
        Map<BlobId, Long> wanted = new HashMap<>();
        for (CatalogReader.Reference reference : CatalogReader.references(database)) {
            wanted.put(reference.file().blob(), reference.file().size());
        }
        return wanted;
    }

    private void print(VerifyReport said) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(LxdJson.bytes(said.json()), StandardCharsets.UTF_8));
        } else {
            said.lines().forEach(out::println);
        }
        out.flush();
    }
}
