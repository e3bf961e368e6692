package dev.berth.serve.lxd.images;

import dev.berth.contract.StreamLabels;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.lxd.multipart.MultipartSplitter;
import dev.berth.lxd.multipart.PartHead;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A split image: a multipart body with {@code metadata} first and {@code rootfs} or {@code rootfs.img} second, each
 * into a stream of its own. Further parts are ignored (formats 9, 36-38). The second stream ends with the request and not
 * before: a body that lacks its last byte is no upload.
 */
final class SplitCourier implements Courier, MultipartSplitter.Parts {
    private static final String INVALID = "Invalid multipart image";
    private static final List<Set<String>> NAMES = List.of(Set.of("metadata"), Set.of("rootfs", "rootfs.img"));

    private final HttpServerRequest request;
    private final List<StreamOutlet> outlets;
    private final MultipartSplitter splitter;
    private final Promise<Void> over = Promise.promise();
    private Buffer current;
    private byte[] currentBytes;
    private PartHead head;
    private Map<String, String> labelsOfLast;
    private int begun;
    private int ended;

    /** @param boundary as the Content-Type names it, or empty: then the body is refused */
    SplitCourier(HttpServerRequest request, String boundary, StreamOutlet metadata, StreamOutlet rootfs) {
        this.request = request;
        this.outlets = List.of(metadata, rootfs);
        this.splitter = boundary.isEmpty() ? null : new MultipartSplitter(boundary, this);
    }

    @Override
    public List<String> addresses() {
        return outlets.stream().map(StreamOutlet::address).toList();
    }

    @Override
    public Future<Void> deliver() {
        if (splitter == null) {
            refuse(INVALID);
            return over.future();
        }
        outlets.forEach(this::watch);
        request.exceptionHandler(gone -> leave(String.valueOf(gone.getMessage())));
        request.endHandler(end -> bodyEnded());
        request.handler(this::take);
        request.resume();
        return over.future();
    }

    @Override
    public void abandon() {
        leave("the sender left");
    }

    private void watch(StreamOutlet outlet) {
        outlet.drainHandler(ready -> flow());
        Settled.of(outlet).onFailure(this::stop).onSuccess(done -> settled());
    }

    private void settled() {
        if (outlets.stream().allMatch(outlet -> outlet.settled().isComplete())) {
            over.tryComplete();
        }
    }

    private void take(Buffer bytes) {
        current = bytes;
        currentBytes = bytes.getBytes();
        try {
            splitter.feed(currentBytes);
        } catch (IllegalArgumentException e) {
            refuse(INVALID + ": " + e.getMessage());
        }
        flow();
    }

    /** Lets more in only while the stream of the part at hand takes more. */
    private void flow() {
        if (over.future().isComplete()) {
            return;
        }
        boolean full = begun > ended && begun <= outlets.size() && outlets.get(begun - 1).writeQueueFull();
        if (full) {
            request.pause();
        } else {
            request.resume();
        }
    }

    @Override
    public void begin(PartHead part) {
        begun++;
        head = part;
        if (begun <= NAMES.size() && !NAMES.get(begun - 1).contains(part.name())) {
            refuse(INVALID);
        }
    }

    @Override
    public void bytes(byte[] array, int from, int to) {
        if (begun <= outlets.size() && !over.future().isComplete()) {
            outlets.get(begun - 1).write(array == currentBytes ? current.slice(from, to) : copy(array, from, to));
        }
    }

    private static Buffer copy(byte[] array, int from, int to) {
        return Buffer.buffer(to - from).appendBytes(array, from, to - from);
    }

    @Override
    public void end() {
        ended++;
        Map<String, String> labels = Map.of(StreamLabels.PART, head.name(), StreamLabels.FILENAME, head.filename());
        if (ended == outlets.size()) {
            labelsOfLast = labels;
        } else if (ended < outlets.size() && !over.future().isComplete()) {
            outlets.get(ended - 1).end(labels);
        }
    }

    private void bodyEnded() {
        if (ended < outlets.size()) {
            refuse(splitter.isClosed() || begun == 0 ? "EOF" : "unexpected EOF");
        } else if (!over.future().isComplete()) {
            outlets.get(outlets.size() - 1).end(labelsOfLast);
        }
    }

    /** The body is wrong: nobody gets a complete stream. */
    private void refuse(String text) {
        over.tryFail(new UploadFlaw(text));
        outlets.forEach(outlet -> outlet.fail(text));
    }

    private void leave(String reason) {
        over.tryFail(reason);
        outlets.forEach(outlet -> outlet.cancel(reason));
    }

    /** One stream broke, so the other one is worthless too. What else comes is nobody's. */
    private void stop(Throwable cause) {
        request.pause();
        leave(String.valueOf(cause.getMessage()));
    }
}
