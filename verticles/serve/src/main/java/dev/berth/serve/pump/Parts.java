package dev.berth.serve.pump;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of files that are in memory for sending: read once for all who send them at about the same time. One per event
 * loop, and used there.
 *
 * <p>Memory is bounded. While there is plenty, parts are large and shared. When readers are many and at different places,
 * each gets a small part of its own; and when even these would be too much, it waits until another reader's part has left.
 * A part that nobody holds is kept only while several read the same file, and not for long.
 */
final class Parts {
    /** Of a shared part; large enough that a system call costs little beside its bytes. */
    static final int LARGE = 256 << 10;

    /** Of a part for one reader alone. */
    static final int SMALL = 16 << 10;

    private final Map<Object, Shelf> shelves = new HashMap<>();
    /** Shared parts that nobody holds, the longest unused first. */
    private final Map<Part, Shelf> idle = new LinkedHashMap<>();

    private final WorkerExecutor workers;
    private final PartMeters meters;
    private final Room room;
    private long idleBytes;

    /**
     * @param workers that read
     * @param most bytes to hold at once
     */
    Parts(WorkerExecutor workers, long most, PartMeters meters) {
        this.workers = workers;
        this.meters = meters;
        this.room = new Room(most, meters);
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
            dropIdleOf(shelf);
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
            return there.contains(from) ? share(shelf, there, source, from, upTo) : own(source, from, upTo);
        }
        if (room.isTight()) {
            dropIdle(0);
        }
        return room.isTight() ? own(source, from, upTo) : read(shelf, source, from, upTo);
    }

    private Future<Piece> read(Shelf shelf, Source source, long from, long upTo) {
        int capacity = (int) (LARGE - from % LARGE);
        return allocate(from, capacity).compose(part -> {
            shelf.put(from, part);
            return piece(shelf, part, source, from, Math.min(upTo, from + capacity));
        });
    }

    private Future<Piece> share(Shelf shelf, Part there, Source source, long from, long upTo) {
        if (idle.remove(there) != null) {
            idleBytes -= there.capacity();
        }
        long end = from - from % LARGE + LARGE;
        return piece(shelf, there, source, from, Math.min(upTo, end));
    }

    private Future<Piece> own(Source source, long from, long upTo) {
        int length = (int) Math.min(SMALL, upTo - from);
        return allocate(from, length).compose(part -> piece(null, part, source, from, from + length));
    }

    private Future<Part> allocate(long from, int capacity) {
        return room.take(capacity).compose(reserved -> {
            try {
                return Future.succeededFuture(new Part(from, capacity));
            } catch (OutOfMemoryError none) {
                room.giveBack(capacity);
                return Future.failedFuture(none);
            }
        });
    }

    /** @param shelf where the part stands, or null when it is for one reader alone */
    private Future<Piece> piece(Shelf shelf, Part part, Source source, long from, long upTo) {
        part.hold();
        meters.taken(part.has(upTo));
        return part.fill(source, upTo, workers)
                .map(filled -> new Piece(part.view(from, upTo), () -> letGo(shelf, part)))
                .onFailure(broken -> letGo(shelf, part));
    }

    private void letGo(Shelf shelf, Part part) {
        if (!part.letGo()) {
            return;
        }
        if (shelf != null && shelf.isShared() && !room.isTight()) {
            idle.put(part, shelf);
            idleBytes += part.capacity();
            dropIdle(room.most() / 4);
        } else {
            drop(shelf, part);
        }
    }

    /** Frees parts that nobody holds until they are {@code most} bytes. */
    private void dropIdle(long most) {
        Iterator<Map.Entry<Part, Shelf>> oldest = idle.entrySet().iterator();
        while (idleBytes > most) {
            Map.Entry<Part, Shelf> next = oldest.next();
            oldest.remove();
            idleBytes -= next.getKey().capacity();
            drop(next.getValue(), next.getKey());
        }
    }

    private void dropIdleOf(Shelf shelf) {
        List<Part> its = idle.entrySet().stream()
                .filter(part -> part.getValue() == shelf)
                .map(Map.Entry::getKey)
                .toList();
        for (Part part : its) {
            idle.remove(part);
            idleBytes -= part.capacity();
            drop(shelf, part);
        }
    }

    private void drop(Shelf shelf, Part part) {
        if (shelf != null) {
            shelf.remove(part);
        }
        part.free();
        room.giveBack(part.capacity());
    }
}
