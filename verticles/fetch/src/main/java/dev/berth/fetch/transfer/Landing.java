package dev.berth.fetch.transfer;

import dev.berth.contract.StreamLabels;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.Reply;
import dev.berth.kit.stream.StreamOutlet;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * One file on its way into one byte stream. Bytes that were sent cannot be called back; so when a server begins again
 * from the first byte, the beginning is only digested, and must have the digest of what was sent.
 */
public final class Landing implements Target {
    private final StreamOutlet outlet;
    private final Promised promised;
    private final WorkerExecutor workers;
    private final LongConsumer progress;
    private final RunningDigest digest;
    private final List<Future<Void>> sameBeginnings = new ArrayList<>();
    private long sent;
    private long position;
    private String part;
    private String filename;
    private RunningDigest beginning;
    private Future<String> digestOfSent;
    private long comparedUpTo;
    private Future<Void> ending;

    Landing(StreamOutlet outlet, Promised promised, WorkerExecutor workers, LongConsumer progress) {
        this.outlet = outlet;
        this.promised = promised;
        this.workers = workers;
        this.progress = progress;
        this.digest = new RunningDigest(workers);
        this.part = promised.part();
        this.filename = promised.filename();
    }

    /** The sender's own words about the file. */
    void named(String partName, String name) {
        part = partName;
        filename = name;
    }

    @Override
    public void restart(Reply reply) {
        restart();
    }

    void restart() {
        position = 0;
        if (sent > 0) {
            comparedUpTo = sent;
            digestOfSent = digest.value();
            beginning = new RunningDigest(workers);
        }
    }

    @Override
    public void take(Buffer bytes) {
        if (promised.length() >= 0 && position + bytes.length() > promised.length()) {
            throw FetchFailure.invalid("size mismatch: expected " + promised.length() + " bytes, got more, from "
                    + promised.from() + "; kept nothing");
        }
        int known = (int) Math.min(bytes.length(), Math.max(0, sent - position));
        position += bytes.length();
        if (known > 0) {
            compare(bytes.slice(0, known));
        }
        if (known < bytes.length()) {
            send(known == 0 ? bytes : bytes.slice(known, bytes.length()));
        }
    }

    @Override
    public boolean isFull() {
        return outlet.writeQueueFull() || digest.isBehind() || beginning != null && beginning.isBehind();
    }

    @Override
    public void whenFree(Runnable action) {
        if (beginning != null && beginning.isBehind()) {
            beginning.whenFree(action);
        } else if (digest.isBehind()) {
            digest.whenFree(action);
        } else {
            outlet.drainHandler(drained -> {
                outlet.drainHandler(null);
                action.run();
            });
        }
    }

    /** Asked again after a restart, it only says whether the file was the same. */
    @Override
    public Future<Void> end() {
        if (position < sent || promised.length() >= 0 && position != promised.length()) {
            return Future.failedFuture(FetchFailure.invalid("size mismatch: expected "
                    + (promised.length() >= 0 ? promised.length() : sent) + " bytes, got " + position + ", from "
                    + promised.from() + "; kept nothing"));
        }
        Future<Void> same = Future.all(sameBeginnings).mapEmpty();
        if (ending == null) {
            ending = same.compose(checked -> digest.value()).compose(this::verify).compose(sha256 -> outlet.end(labels(sha256)));
            return ending;
        }
        return same.compose(checked -> ending);
    }

    private void send(Buffer bytes) {
        sent += bytes.length();
        digest.update(bytes);
        outlet.write(bytes);
        progress.accept(bytes.length());
    }

    private void compare(Buffer bytes) {
        beginning.update(bytes);
        if (Math.min(position, sent) == comparedUpTo) {
            sameBeginnings.add(Future.all(digestOfSent, beginning.value())
                    .compose(both -> same(both.resultAt(0), both.resultAt(1))));
            beginning = null;
        }
    }

    private Future<Void> same(String before, String now) {
        return before.equals(now)
                ? Future.succeededFuture()
                : Future.failedFuture(FetchFailure.invalid(promised.from() + " changed while it was fetched: its first "
                        + comparedUpTo + " bytes had SHA-256 " + before + ", now " + now + "; kept nothing"));
    }

    private Future<String> verify(String sha256) {
        return promised.sha256().isEmpty() || promised.sha256().equals(sha256)
                ? Future.succeededFuture(sha256)
                : Future.failedFuture(FetchFailure.invalid("Hash mismatch for " + promised.from() + ": " + sha256 + " != "
                        + promised.sha256() + "; kept nothing"));
    }

    private Map<String, String> labels(String sha256) {
        Map<String, String> labels = new HashMap<>();
        labels.put(StreamLabels.SHA256, sha256);
        if (!part.isEmpty()) {
            labels.put(StreamLabels.PART, part);
        }
        if (!filename.isEmpty()) {
            labels.put(StreamLabels.FILENAME, filename);
        }
        return labels;
    }
}
