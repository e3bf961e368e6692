package dev.berth.serve.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** An edge in a process of its own, which may be given few descriptors. Tells its port, and stops at the end of input. */
final class CrampedEdge {
    private CrampedEdge() {}

    public static void main(String[] arguments) throws Exception {
        AtomicReference<Body> body = new AtomicReference<>();
        TestFace face = new TestFace((router, tools) -> {
            BlobSender sender = new BlobSender(tools);
            router.get("/quick").handler(ctx -> ctx.end("quick"));
            router.get("/blob").handler(ctx -> sender.send(ctx, body.get()).onFailure(ctx::fail));
        });
        try (RunningEdge edge = RunningEdge.with(Path.of(arguments[0]), face)) {
            Segment.Blob blob = edge.blob(BlobSenderTest.random(1_000_000));
            body.set(new Body(List.of(blob), "application/octet-stream", null, null, null, false));
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
