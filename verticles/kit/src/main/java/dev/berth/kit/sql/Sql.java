package dev.berth.kit.sql;

import dev.berth.kit.async.ToldInOrder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tables of one node, from any thread: work runs on worker threads, Futures complete on the caller's context.
 *
 * <p>Writes run one at a time, in the order they were asked for, and are told in that order on each context. A full or broken disk is a failed Future with the
 * {@link SQLException}, and nothing of that write remains.
 */
public final class Sql {
    /** Works that may wait for a thread before new ones are refused. */
    public static final int MAX_WAITING = 10_000;

    private final Vertx vertx;
    private final Database database;
    private final Reserve reserve;
    private final WorkerExecutor writing;
    private final WorkerExecutor reading;
    private final AtomicInteger waiting = new AtomicInteger();

    private Sql(Vertx vertx, Database database, Reserve reserve, WorkerExecutor writing, WorkerExecutor reading) {
        this.vertx = vertx;
        this.database = database;
        this.reserve = reserve;
        this.writing = writing;
        this.reading = reading;
    }

    /** Some statements on a connection that is lent for the time of the call; may block. */
    @FunctionalInterface
    public interface SqlWork<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Opens the database {@code file} (usually {@code <data>/berth.db}), readable by its owner only; creates it when
     * there is none. Its folder must exist.
     */
    public static Future<Sql> open(Vertx vertx, Path file) {
        WorkerExecutor writing = vertx.createSharedWorkerExecutor("berth-sql-write", 1);
        WorkerExecutor reading = vertx.createSharedWorkerExecutor("berth-sql-read", Database.READERS);
        return writing.executeBlocking(() -> Database.open(file))
                .map(database -> new Sql(vertx, database, Reserve.beside(file), writing, reading))
                .recover(cause -> Future.join(writing.close(), reading.close())
                        .transform(closed -> Future.failedFuture(cause)));
    }

    /**
     * Looks into a database that nobody has open, without Vert.x and without changing it. Blocking.
     *
     * @throws SQLException when there is no such file, or it is damaged
     */
    public static <T> T look(Path file, SqlWork<T> work) throws SQLException {
        try (Connection connection = Database.look(file)) {
            return work.run(connection);
        }
    }

    /** Brings the tables of {@code feature} up to date: {@code classpath:db/<feature>/V1__….sql} and so on. */
    public Future<Void> migrate(String feature) {
        return on(writing, () -> {
            Migrations.run(database.writer(), feature);
            return null;
        });
    }

    /** Reads. The connection cannot write, and sees one moment of the database for the whole of {@code work}. */
    public <T> Future<T> read(SqlWork<T> work) {
        return on(reading, () -> Transaction.run(database.readers(), work));
    }

    /**
     * Writes in one transaction: durable when the Future succeeds, gone without a trace when {@code work} throws. On a full
     * disk {@code work} runs a second time, with the room of the reserve.
     */
    public <T> Future<T> write(SqlWork<T> work) {
        return on(writing, () -> reserve.behind(() -> Transaction.run(database.writer(), work)));
    }

    /** Whether a write failed because the disk is full. */
    public static boolean isFull(Throwable failure) {
        return failure instanceof SQLException e && Reserve.isFull(e);
    }

    /** Lets the writes asked for so far end, then closes. Reads under way, and work asked for afterwards, fail. */
    public Future<Void> close() {
        return on(writing, () -> {
                    database.close();
                    return null;
                })
                .eventually(() -> Future.join(writing.close(), reading.close()))
                .mapEmpty();
    }

    private <T> Future<T> on(WorkerExecutor workers, Callable<T> work) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(new RejectedExecutionException(
                    "the database is too slow: " + MAX_WAITING + " works are waiting already, try again later"));
        }
        return ToldInOrder.run(vertx, workers, work).andThen((result, cause) -> waiting.decrementAndGet());
    }
}
