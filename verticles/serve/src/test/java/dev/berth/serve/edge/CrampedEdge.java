package dev.berth.serve.edge;

import java.io.IOException;
import java.nio.file.Path;

/** An edge in a process of its own, which may be given few descriptors. Tells its port, and stops at the end of input. */
final class CrampedEdge {
    private CrampedEdge() {}

    public static void main(String[] arguments) throws Exception {
        TestFace face = new TestFace((router, tools) -> router.get("/quick").handler(ctx -> ctx.end("quick")));
        try (RunningEdge edge = RunningEdge.with(Path.of(arguments[0]), face)) {
            System.out.println("port " + edge.port());
            waitForEnd();
        }
    }

    private static void waitForEnd() throws IOException {
        while (System.in.read() >= 0) {
            continue;
        }
    }
}
