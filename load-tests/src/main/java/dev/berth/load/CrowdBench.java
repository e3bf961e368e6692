package dev.berth.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One caller, and 200 at once, want the same absent image: until the last of them is answered. */
final class CrowdBench implements Bench {
    private static final int CALLERS = 200;
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 4;

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        if (!NginxPeer.isInstalled()) {
            System.out.println("nginx is not installed: nobody called");
            return List.of();
        }
        try (Scratch scratch = Scratch.on(ground.disk(), "crowd")) {
            Path folder = scratch.path();
            StreamSite.write(folder, ground.gigabyte(), 2);
            try (NginxPeer nginx = new NginxPeer(ground.disk(), folder, "");
                    BerthPeer berth = ground.berth(PullBench.trusting(nginx) + "store: {delete-grace: 1ms}\n")) {
                return measure(ground, nginx, berth);
            }
        }
    }

    private static List<Finding> measure(Ground ground, NginxPeer nginx, BerthPeer berth) throws IOException {
        double[] alone = new double[ROUNDS];
        double[] crowd = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            double one = measured(ground, berth, nginx, 1);
            double all = measured(ground, berth, nginx, CALLERS);
            if (i >= 0) {
                alone[i] = one;
                crowd[i] = all;
            }
        }
        return List.of(Finding.atMost(CALLERS + " callers of an absent image of " + ground.large(),
                Median.of(crowd), Median.of(alone), "one caller", "s", 1.05));
    }

    private static double measured(Ground ground, BerthPeer berth, NginxPeer nginx, int callers) {
        return MemoryState.LEFT.measure(ground.disk(), () -> {
            try {
                return seconds(berth, nginx, callers);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** One curl asks for all, each on a connection of its own. */
    private static double seconds(BerthPeer berth, NginxPeer nginx, int callers) throws IOException {
        Path question = Files.writeString(Files.createTempFile("question", ".json"), """
                {"alias":"%s","source":{"protocol":"simplestreams","server":"%s"}}""".formatted(StreamSite.ALIAS, nginx.https()));
        Path answers = Files.createTempDirectory("answers");
        double seconds = Shell.run(
                        "curl", "-sSf", "--parallel", "--parallel-immediate", "--parallel-max", String.valueOf(callers),
                        "--unix-socket", berth.socket().toString(), "-d", "@" + question,
                        "-o", answers + "/#1", "http://berth/berth/v1/resolve?caller=[1-" + callers + "]")
                .orFail()
                .seconds();
        check(berth, answers, callers);
        Files.delete(question);
        Shell.run("rm", "-rf", answers.toString());
        return seconds;
    }

    /** All have it, and it was fetched once. Then it goes. */
    private static void check(BerthPeer berth, Path answers, int callers) throws IOException {
        LxdApi api = new LxdApi(berth);
        JsonNode images = api.get("/1.0/images?recursion=1");
        String fingerprint = images.path(0).path("fingerprint").asText();
        for (int i = 1; i <= callers; i++) {
            String answer = Files.readString(answers.resolve(String.valueOf(i)));
            if (images.size() != 1 || !answer.contains(fingerprint)) {
                throw new IllegalStateException("caller " + i + " was answered " + answer);
            }
        }
        api.delete(fingerprint);
    }
}
