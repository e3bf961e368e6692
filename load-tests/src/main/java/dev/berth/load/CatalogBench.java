package dev.berth.load;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recursive lists and alias look-ups over 1,000 public images, anonymous, over TLS. */
final class CatalogBench implements Bench {
    private static final int IMAGES = 1_000;
    private static final int SECONDS = 10;
    private static final String LIST = "/1.0/images?recursion=1";
    private static final String ALIAS = "/1.0/images/aliases/image-500";

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        Figures berth;
        try (BerthPeer peer = ground.berth()) {
            berth = measure(peer, ground);
        }
        List<Finding> findings = new ArrayList<>();
        if (!LxdPeer.isInstalled()) {
            System.out.println("LXD is not installed: its side of the catalog bench was not measured");
            findings.add(Finding.told("recursive list of 1,000 images", berth.lists, Double.NaN, "", "lists/s"));
            return findings;
        }
        try (LxdPeer peer = new LxdPeer(ground.disk())) {
            Figures lxd = measure(peer, ground);
            findings.add(Finding.atLeast(
                    "recursive list of 1,000 images, 4 connections", berth.lists, lxd.lists, "LXD", "lists/s", 100));
            findings.add(Finding.atLeast(
                    "alias look-up, 16 connections", berth.aliases, lxd.aliases, "LXD", "requests/s", 8));
        }
        return findings;
    }

    private static Figures measure(Peer peer, Ground ground) throws IOException {
        seed(peer, ground);
        Wrk.rate(peer.https() + ALIAS, 16, 3);
        double lists = Wrk.rate(peer.https() + LIST, 4, SECONDS);
        double aliases = Wrk.rate(peer.https() + ALIAS, 16, SECONDS);
        return new Figures(lists, aliases);
    }

    private static void seed(Peer peer, Ground ground) throws IOException {
        LxdApi api = new LxdApi(peer);
        Path file = Files.createTempFile(ground.disk(), "image", ".tar");
        for (int i = 0; i < IMAGES; i++) {
            Files.write(file, ImageFixtures.unifiedNamed(Packing.GZIP, "image-" + i));
            api.alias("image-" + i, api.importPublic(file));
        }
        Files.delete(file);
    }

    private record Figures(double lists, double aliases) {}
}
