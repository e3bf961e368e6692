package dev.berth.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What operations answers: long work that clients watch, wait for and cancel; and the event stream. */
public final class OperationsContract {
    /** Makes an operation known, Running at once; its events Pending and Running are announced before the answer. */
    public static final Call<Start, Operation> START =
            Call.of("berth.operations.start", Start.class);
    /** Replaces the metadata of a running operation; progress keys are throttled. Unknown or ended ones are ignored. */
    public static final Call<Progress, Done> PROGRESS =
            Call.of("berth.operations.progress", Progress.class);
    /** Ends an operation. Ending an ended one changes nothing. */
    public static final Call<Finish, Operation> FINISH =
            Call.of("berth.operations.finish", Finish.class);
    /** Refused: NOT_FOUND "Operation not found". */
    public static final Call<Find, Answer<Operation>> FIND = Call.of("berth.operations.find", Find.class);
    public static final Call<ListAll, Listed> LIST = Call.of("berth.operations.list", ListAll.class);
    /** Answers when the operation is final or the time is up, with its state then. */
    public static final Call<Await, Answer<Operation>> AWAIT =
            Call.of("berth.operations.await", Await.class, Duration.ofDays(7));
    /** Asks a running operation to stop. Token operations end at once; others when their worker heard it. Refused: NOT_FOUND, INVALID "Only running operations can be cancelled". */
    public static final Call<Cancel, Answer<Done>> CANCEL =
            Call.of("berth.operations.cancel", Cancel.class);

    /** Somebody asked operation {@code id} to stop: its worker stops and then calls {@link #FINISH}. */
    public static final Notice<CancelRequested> CANCEL_REQUESTED =
            Notice.of("berth.operations.cancel-requested", CancelRequested.class);
    /** Everything clients may see on {@code /1.0/events}, from any feature. */
    public static final Notice<Event> EVENT = Notice.of("berth.events", Event.class);

    private OperationsContract() {}

    /** Operation classes on the wire. */
    public enum Kind {
        TASK,
        TOKEN
    }

    /** States with LXD's codes (rest-api 4.1). */
    public enum Status {
        PENDING(105, "Pending"),
        RUNNING(103, "Running"),
        CANCELLING(104, "Cancelling"),
        SUCCESS(200, "Success"),
        FAILURE(400, "Failure"),
        CANCELLED(401, "Cancelled");

        private final int code;
        private final String wireName;

        Status(int code, String wireName) {
            this.code = code;
            this.wireName = wireName;
        }

        public int code() {
            return code;
        }

        public String wireName() {
            return wireName;
        }

        public boolean isFinal() {
            return code >= 200;
        }
    }

    /**
     * @param id UUID text, or null for a new one
     * @param kind task or token
     * @param description what clients print
     * @param project where it shows
     * @param resources for example {@code images -> [/1.0/images/<fp>]}; null for none
     * @param metadata JSON-like values: texts, booleans, numbers, maps and lists; null for none
     * @param mayCancel whether clients may cancel it
     * @param secret lets strangers wait for it; null for none
     * @param requestor who
     */
    public record Start(
            String id,
            Kind kind,
            String description,
            String project,
            Map<String, List<String>> resources,
            Map<String, Object> metadata,
            boolean mayCancel,
            String secret,
            Requestor requestor) {}

    /** @param metadata the whole new metadata; a key ending in {@code _progress} is a text, and there is at most one */
    public record Progress(String id, Map<String, Object> metadata) {}

    /**
     * @param status SUCCESS, FAILURE or CANCELLED
     * @param metadata the final metadata, null for none
     * @param error non-empty exactly when clients shall report a failure
     * @param resources the final resources, or null to keep them
     */
    public record Finish(
            String id,
            Status status,
            Map<String, Object> metadata,
            String error,
            Map<String, List<String>> resources) {}

    public record Find(String id) {}

    /** An operation as it is now. {@code secret} is never written to clients other than in {@code metadata}. */
    public record Operation(
            String id,
            Kind kind,
            String description,
            String project,
            Instant createdAt,
            Instant updatedAt,
            Status status,
            Map<String, List<String>> resources,
            Map<String, Object> metadata,
            boolean mayCancel,
            String error,
            String secret,
            Requestor requestor) {}

    /** @param projects whose; null for all */
    public record ListAll(List<String> projects) {}

    public record Listed(List<Operation> operations) {}

    /** @param timeoutSeconds -1 for no limit */
    public record Await(String id, long timeoutSeconds) {}

    public record Cancel(String id, Requestor requestor) {}

    public record CancelRequested(String id) {}

    /**
     * One frame of the event stream.
     *
     * @param type {@code operation}, {@code lifecycle} or {@code logging}
     * @param project the project it belongs to, or empty for everybody
     * @param timestamp when
     * @param adminsOnly true when it carries what only administrators may read (token operations, settings)
     * @param json the finished frame
     */
    public record Event(String type, String project, Instant timestamp, boolean adminsOnly, String json) {
        public Event forAdmins() {
            return new Event(type, project, timestamp, true, json);
        }
    }
}
