package dev.berth.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** One caller, and 200 at once, want the same absent image: until the last of them is answered. */
final class CrowdBench implements Bench {
    private static final int CALLERS = 200;
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 4;
    private static final int WARM_UP_CROWDS = 100;

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
        warmUp(berth, nginx);
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

    /** Callers who find the image there, so that what is measured is compiled as in a service that runs for weeks. */
    private static void warmUp(BerthPeer berth, NginxPeer nginx) throws IOException {
        List<String> answers = ask(berth, nginx, 1).answers();
        for (int i = 0; i < WARM_UP_CROWDS; i++) {
            ask(berth, nginx, CALLERS);
        }
        check(berth, answers);
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

    private static double seconds(BerthPeer berth, NginxPeer nginx, int callers) throws IOException {
        Callers asked = ask(berth, nginx, callers);
        check(berth, asked.answers());
        return asked.seconds();
    }

    private static Callers ask(BerthPeer berth, NginxPeer nginx, int callers) throws IOException {
        String question = """
                {"alias":"%s","source":{"protocol":"simplestreams","server":"%s"}}""".formatted(StreamSite.ALIAS, nginx.https());
        return Callers.ask(berth.socket(), callers, "/berth/v1/resolve", question);
    }

    /** All have it, and it was fetched once. Then it goes. */
    private static void check(BerthPeer berth, List<String> answers) {
        LxdApi api = new LxdApi(berth);
        JsonNode images = api.get("/1.0/images?recursion=1");
        String fingerprint = images.path(0).path("fingerprint").asText();
        for (String answer : answers) {
            if (images.size() != 1 || !answer.contains(fingerprint)) {
                throw new IllegalStateException("a caller was answered " + answer);
            }
        }
        api.delete(fingerprint);
    }
}
