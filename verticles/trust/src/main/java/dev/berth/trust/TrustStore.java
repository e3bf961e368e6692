package dev.berth.trust;

import dev.berth.contract.Answer;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * The snapshot and how it changes: a rule looks at what is on disk, and the tables change in the same transaction; when
 * it is committed the snapshot is replaced, and only then the asker hears of it.
 */
final class TrustStore {
    private final Sql sql;
    private volatile TrustSnapshot snapshot = TrustSnapshot.EMPTY;

    TrustStore(Sql sql) {
        this.sql = sql;
    }

    /** A rule and its statements. Throws {@link RefusedException} to change nothing. */
    @FunctionalInterface
    interface Change<T> {
        T apply(Connection connection, TrustSnapshot now) throws SQLException;
    }

    private record Changed<T>(T value, TrustSnapshot after) {}

    Future<Void> open() {
        return sql.migrate("trust").compose(done -> lookAgain());
    }

    /** What is known now. Any thread. */
    TrustSnapshot snapshot() {
        return snapshot;
    }

    /** Changes something, or answers why not. */
    <T> Future<Answer<T>> change(Change<T> change) {
        return sql.write(connection -> new Changed<>(change.apply(connection, load(connection)), load(connection)))
                .map(changed -> {
                    snapshot = changed.after();
                    return Answer.yes(changed.value());
                })
                .recover(this::refusal);
    }

    /** Looks something up, or answers why not. */
    static <T> Answer<T> answer(Supplier<T> lookup) {
        try {
            return Answer.yes(lookup.get());
        } catch (RefusedException e) {
            return Answer.no(e.refused());
        }
    }

    /** What to do when a change was made, and not when it was refused. */
    static <T> Handler<Answer<T>> whenDone(Runnable then) {
        return answer -> answer.map(value -> {
            then.run();
            return value;
        });
    }

    /** A commit that failed may have reached the disk all the same, so what is there now is read, not assumed. */
    private <T> Future<Answer<T>> refusal(Throwable cause) {
        return cause instanceof RefusedException refused
                ? Future.succeededFuture(Answer.no(refused.refused()))
                : lookAgain().transform(read -> Future.failedFuture(cause));
    }

    private Future<Void> lookAgain() {
        return sql.read(TrustStore::load).onSuccess(read -> snapshot = read).mapEmpty();
    }

    private static TrustSnapshot load(Connection connection) throws SQLException {
        return new TrustSnapshot(
                CertificateTable.all(connection),
                ProjectTable.all(connection),
                ProfileTable.all(connection),
                AccessTable.all(connection));
    }
}
