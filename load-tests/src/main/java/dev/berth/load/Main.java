package dev.berth.load;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs the named benches, or all: {@code load-tests/run [NAME…]}. */
public final class Main {
    private static final List<Bench> BENCHES = List.of(
            new StartBench(),
            new BusBench(),
            new CatalogBench(),
            new DownloadBench(),
            new UploadBench(),
            new WarmBench(),
            new ColdBench(),
            new PullBench(),
            new CrowdBench(),
            new ManyBench(),
            new RefreshBench());

    private Main() {}

    public static void main(String[] wanted) throws Exception {
        Path home = Path.of(System.getProperty("berth.home", ".")).toAbsolutePath().normalize();
        String disk = System.getProperty("berth.load.disk", System.getProperty("java.io.tmpdir"));
        Ground ground = new Ground(home, Path.of(disk), Integer.getInteger("berth.load.gigabyte", 1024));
        Results results = new Results(home.resolve(ground.isTrial() ? "load-tests/target/trials" : "load-tests/results"));
        boolean kept = true;
        for (Bench bench : chosen(wanted)) {
            System.out.println("measuring: " + bench.name());
            List<Finding> findings = bench.run(ground);
            results.write(bench.name(), findings);
            kept &= findings.stream().allMatch(Finding::met);
        }
        System.exit(kept ? 0 : 1);
    }

    private static List<Bench> chosen(String... wanted) {
        List<String> known = BENCHES.stream().map(Bench::name).toList();
        Stream.of(wanted).filter(name -> !known.contains(name)).findAny().ifPresent(name -> {
            System.err.println("expected one of " + known + ", got " + name);
            System.exit(2);
        });
        return wanted.length == 0
                ? BENCHES
                : BENCHES.stream().filter(bench -> List.of(wanted).contains(bench.name())).toList();
    }
}
