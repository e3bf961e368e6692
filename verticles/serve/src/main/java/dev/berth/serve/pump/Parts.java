package dev.berth.serve.pump;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;

/**
 * The parts of files that are in memory for sending: read once for all who send them at about the same time. One per event
 * loop, and used there.
 *
 * <p>Memory is bounded. While there is plenty, parts are large and shared. When readers are many and at different places,
 * each gets a small part of its own; and when even these would be too much, it waits until another reader's part has left,
 * and is refused when that takes too long. A part that nobody holds is kept only while several read the same file, and not
 * for long.
 */
final class Parts {
    /** Of a shared part; large enough that a system call costs little beside its bytes. */
    static final int LARGE = 256 << 10;

    /** Of a part for one reader alone. */
    static final int SMALL = 16 << 10;

    private final Map<Object, Shelf> shelves = new HashMap<>();
    private final Idle idle = new Idle();
    private final WorkerExecutor workers;
    private final PartMeters meters;
    private final Room room;

    /**
     * @param workers that read
     * @param room for all parts together
     */
    Parts(WorkerExecutor workers, Room room, PartMeters meters) {
        this.workers = workers;
        this.meters = meters;
        this.room = room;
    }

    /** Somebody begins to read the file of this name. */
    void enter(Object name) {
        shelves.computeIfAbsent(name, first -> new Shelf()).enter();
    }

    /** Somebody who entered, and holds nothing any more. */
    void leave(Object name) {
        Shelf shelf = shelves.get(name);
        if (shelf.leave()) {
            shelves.remove(name);
            shelf.parts().stream().filter(idle::remove).forEach(this::drop);
        }
    }

    /** Whether a reader should hold one part at a time and not two. */
    boolean isTight() {
        return room.isTight();
    }

    /**
     * Some bytes from {@code from} on: at least one, and none at {@code upTo} or behind it.
     *
     * @param alone for a reader who is slow, and should not hold for long what others could use
     */
    Future<Piece> take(Source source, long from, long upTo, boolean alone) {
        Shelf shelf = shelves.get(source.name());
        Part there = shelf.at(from);
        if (alone) {
            return own(source, from, upTo);
        }
        if (there != null) {
            return there.contains(from) ? share(there, source, from, upTo) : own(source, from, upTo);
        }
        if (room.isTight()) {
            dropIdle(0);
        }
        return room.isTight() ? own(source, from, upTo) : read(shelf, source, from, upTo);
    }

    private Future<Piece> read(Shelf shelf, Source source, long from, long upTo) {
        int capacity = (int) (LARGE - from % LARGE);
        return allocate(shelf, from, capacity).compose(part -> {
            shelf.put(from, part);
            return piece(part, source, from, Math.min(upTo, from + capacity));
        });
    }

    private Future<Piece> share(Part there, Source source, long from, long upTo) {
        idle.remove(there);
        long end = from - from % LARGE + LARGE;
        return piece(there, source, from, Math.min(upTo, end));
    }

    private Future<Piece> own(Source source, long from, long upTo) {
        int length = (int) Math.min(SMALL, upTo - from);
        return allocate(null, from, length).compose(part -> piece(part, source, from, from + length));
    }

    private Future<Part> allocate(Shelf shelf, long from, int capacity) {
        return room.take(capacity).compose(reserved -> {
            try {
                return Future.succeededFuture(new Part(shelf, from, capacity));
            } catch (OutOfMemoryError none) {
                room.giveBack(capacity);
                return Future.failedFuture(none);
            }
        });
    }

    private Future<Piece> piece(Part part, Source source, long from, long upTo) {
        part.hold();
        meters.taken(part.isComing(upTo));
        return part.fill(source, upTo, workers)
                .map(filled -> new Piece(part.view(from, upTo), () -> letGo(part)))
                .onFailure(broken -> letGo(part));
    }

    private void letGo(Part part) {
        if (!part.letGo()) {
            return;
        }
        if (part.isWorthKeeping() && !room.isTight()) {
            idle.add(part);
            dropIdle(room.most() / 4);
        } else {
            drop(part);
        }
    }

    /** Frees parts that nobody holds until they are {@code most} bytes. */
    private void dropIdle(long most) {
        while (idle.bytes() > most) {
            Part oldest = idle.oldest();
            idle.remove(oldest);
            drop(oldest);
        }
    }

    private void drop(Part part) {
        part.free();
        room.giveBack(part.capacity());
    }
}
