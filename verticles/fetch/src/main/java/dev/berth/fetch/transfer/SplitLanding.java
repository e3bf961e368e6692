package dev.berth.fetch.transfer;

import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.Reply;
import dev.berth.lxd.multipart.HeaderParameters;
import dev.berth.lxd.multipart.MultipartSplitter;
import dev.berth.lxd.multipart.PartHead;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The two files of a split image in one multipart body (rest-api 3.8), each on its way into its own byte stream. */
public final class SplitLanding implements Target {
    private static final String MULTIPART = "multipart/form-data";

    private final Landing metadata;
    private final Landing rootfs;
    private final String from;
    private final long promised;
    private Parts parts;

    /**
     * @param landings of the two files
     * @param promised bytes of both files together, or -1
     */
    public SplitLanding(List<Landing> landings, Reply reply, long promised) {
        this.metadata = landings.get(0);
        this.rootfs = landings.get(1);
        this.from = reply.location().toString();
        this.promised = promised;
        this.parts = new Parts(reply);
    }

    public static boolean isMultipart(Reply reply) {
        String type = reply.header("Content-Type");
        return type != null && type.strip().regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
    }

    @Override
    public void restart(Reply reply) {
        metadata.restart();
        rootfs.restart();
        parts = new Parts(reply);
    }

    @Override
    public void take(Buffer bytes) {
        try {
            parts.splitter.feed(bytes.getBytes());
        } catch (IllegalArgumentException e) {
            throw FetchFailure.invalid("expected a split image in two parts from " + from + ": " + e.getMessage());
        }
    }

    @Override
    public boolean isFull() {
        return metadata.isFull() || rootfs.isFull();
    }

    @Override
    public void whenFree(Runnable action) {
        if (metadata.isFull()) {
            metadata.whenFree(action);
        } else {
            rootfs.whenFree(action);
        }
    }

    /** The second file is not called complete before the sum of both is right. */
    @Override
    public Future<Void> end() {
        if (!parts.splitter.isClosed() || parts.ended != 2) {
            return Future.failedFuture(FetchFailure.invalid(
                    "expected a split image in two whole parts from " + from + ", got " + parts.ended + "; kept nothing"));
        }
        return promised >= 0 && parts.taken != promised
                ? Future.failedFuture(wrongSize(String.valueOf(parts.taken)))
                : Future.all(parts.metadataEnd, rootfs.end()).mapEmpty();
    }

    private FetchFailure wrongSize(String got) {
        return FetchFailure.invalid(
                "size mismatch: expected " + promised + " bytes, got " + got + ", from " + from + "; kept nothing");
    }

    /** One try at the body. */
    private final class Parts implements MultipartSplitter.Parts {
        private final MultipartSplitter splitter;
        private int begun;
        private int ended;
        private long taken;
        private Future<Void> metadataEnd;

        Parts(Reply reply) {
            String type = String.valueOf(reply.header("Content-Type"));
            String boundary = HeaderParameters.of(type).getOrDefault("boundary", "");
            if (boundary.isEmpty()) {
                throw FetchFailure.invalid("expected a multipart body with a boundary from " + from + ", got " + type);
            }
            this.splitter = new MultipartSplitter(boundary, this);
        }

        @Override
        public void begin(PartHead head) {
            begun++;
            if (begun > 2) {
                throw FetchFailure.invalid("expected a split image in two parts from " + from + ", got more; kept nothing");
            }
            current().named(head.name(), head.filename());
        }

        @Override
        public void bytes(byte[] array, int from, int to) {
            taken += to - from;
            if (promised >= 0 && taken > promised) {
                throw wrongSize("more");
            }
            current().take(Buffer.buffer(array).slice(from, to));
        }

        @Override
        public void end() {
            ended++;
            if (ended == 1) {
                metadataEnd = metadata.end();
            }
        }

        private Landing current() {
            return begun == 1 ? metadata : rootfs;
        }
    }
}
