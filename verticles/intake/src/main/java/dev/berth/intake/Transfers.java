package dev.berth.intake;

import dev.berth.contract.FetchContract.Source;
import dev.berth.image.Fingerprint;
import dev.berth.kit.async.SingleFlight;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** All transfers under way: at most one for each place an image goes to and comes from. Belongs to intake's context. */
final class Transfers {
    private final SingleFlight<Key, Brought> flights = new SingleFlight<>();
    private final Map<Key, Transfer> running = new HashMap<>();
    private final IntakeMeters meters;

    Transfers(IntakeMeters meters) {
        this.meters = meters;
    }

    /** What makes two transfers the same: a refusal of one server says nothing about another. */
    record Key(String project, Fingerprint fingerprint, Source source) {}

    /** Joins the transfer of {@code key}, or begins it. */
    Future<Brought> join(Key key, Watch watch, Function<Transfer, Future<Brought>> work) {
        Transfer transfer = running.get(key);
        if (transfer == null) {
            transfer = new Transfer();
            running.put(key, transfer);
        } else {
            meters.joined();
        }
        transfer.join(watch);
        return flights.run(key, begun(key, transfer, work));
    }

    private Supplier<Future<Brought>> begun(Key key, Transfer transfer, Function<Transfer, Future<Brought>> work) {
        return () -> work.apply(transfer).onComplete(end -> running.remove(key, transfer));
    }

    /** Stops what nobody wants any more; whoever wants the same from now on begins anew. */
    void dropUnwanted(String reason) {
        for (Map.Entry<Key, Transfer> entry : List.copyOf(running.entrySet())) {
            if (!entry.getValue().isWanted()) {
                running.remove(entry.getKey());
                flights.forget(entry.getKey());
                entry.getValue().stop(reason);
            }
        }
    }

    Optional<Transfer> withTicket(String ticket) {
        return running.values().stream()
                .filter(transfer -> transfer.ticket().equals(ticket))
                .findFirst();
    }
}
