package dev.berth.testkit.disk;

import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskEntry;
import dev.berth.kit.disk.DiskFull;
import dev.berth.kit.disk.OutFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A disk in memory. It knows which bytes and which names were forced, fails any call on demand ({@link #failCall},
 * {@link #failFrom}), runs full ({@link #capacity}), and after a power cut keeps any legal subset of what was not forced
 * ({@link #variants}, {@link #crash}). Any thread.
 */
public final class FakeDisk implements Disk {
    private final Clock clock;
    private final FakeDirectory root;
    private Runnable beforeEachCall = () -> {};
    private Fault fault = Fault.NONE;
    private int calls;
    private long used;
    private long capacity = Long.MAX_VALUE;

    public FakeDisk() {
        this(Clock.systemUTC());
    }

    /** @param clock tells when files change */
    public FakeDisk(Clock clock) {
        this(clock, new FakeDirectory());
    }

    private FakeDisk(Clock clock, FakeDirectory root) {
        this.clock = clock;
        this.root = root;
    }

    /** The n-th call from now on, counting from 1, fails with {@code failure}; the others work. */
    public synchronized FakeDisk failCall(int n, Supplier<IOException> failure) {
        fault = new Fault(calls + n, calls + n, failure);
        return this;
    }

    /** The n-th call from now on, counting from 1, and all later ones fail with {@code failure}. */
    public synchronized FakeDisk failFrom(int n, Supplier<IOException> failure) {
        fault = new Fault(calls + n, Integer.MAX_VALUE, failure);
        return this;
    }

    /** All calls work again. */
    public synchronized FakeDisk heal() {
        fault = Fault.NONE;
        return this;
    }

    /** Room for this many bytes in all. */
    public synchronized FakeDisk capacity(long bytes) {
        capacity = bytes;
        return this;
    }

    /** Runs before each call, on the thread that makes it. May look at {@link #variants} and {@link #crash}. */
    public synchronized FakeDisk beforeEachCall(Runnable look) {
        beforeEachCall = look;
        return this;
    }

    /** How many calls were made so far. */
    public synchronized int calls() {
        return calls;
    }

    /** In how many different ways this disk could look after a power cut now. */
    public synchronized long variants() {
        return new PowerCut(root).variants();
    }

    /** The disk after a power cut now; {@code variant} is 0 to {@link #variants} - 1, and 0 loses all it can. */
    public synchronized FakeDisk crash(long variant) {
        FakeDisk after = new FakeDisk(clock, new PowerCut(root).survivor(variant));
        after.used = after.root.bytes();
        return after;
    }

    @Override
    public synchronized OutFile createExclusive(Path file) throws IOException {
        count();
        FakeDirectory parent = parentOf(file);
        if (parent.get(nameOf(file)) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        FakeFile made = new FakeFile(clock.instant());
        parent.put(nameOf(file), made);
        return new Writer(made);
    }

    @Override
    public synchronized InputStream read(Path file) throws IOException {
        count();
        if (nodeAt(file) instanceof FakeFile there) {
            return new ByteArrayInputStream(there.bytes());
        }
        throw new NoSuchFileException(file.toString());
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        count();
        FakeDirectory source = parentOf(from);
        FakeDirectory target = parentOf(to);
        FakeNode moved = source.get(nameOf(from));
        if (moved == null) {
            throw new NoSuchFileException(from.toString());
        }
        forget(target.get(nameOf(to)));
        target.put(nameOf(to), moved);
        source.put(nameOf(from), null);
    }

    @Override
    public synchronized boolean delete(Path file) throws IOException {
        count();
        FakeNode gone = nodeAt(file);
        if (gone == null) {
            return false;
        }
        forget(gone);
        parentOf(file).put(nameOf(file), null);
        return true;
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        count();
        FakeDirectory at = root;
        for (Path name : directory) {
            if (at.get(name.toString()) == null) {
                at.put(name.toString(), new FakeDirectory());
            }
            at = asDirectory(at.get(name.toString()), directory);
        }
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        count();
        asDirectory(nodeAt(directory), directory).force();
    }

    @Override
    public synchronized List<DiskEntry> list(Path directory) throws IOException {
        count();
        List<DiskEntry> entries = new ArrayList<>();
        asDirectory(nodeAt(directory), directory).forEach((name, node) -> entries.add(node.entry(directory.resolve(name))));
        return entries;
    }

    @Override
    public synchronized OptionalLong length(Path file) throws IOException {
        count();
        return nodeAt(file) instanceof FakeFile there ? OptionalLong.of(there.length()) : OptionalLong.empty();
    }

    @Override
    public synchronized long usableSpace(Path directory) {
        return Math.max(0, capacity - used);
    }

    private void count() throws IOException {
        beforeEachCall.run();
        calls++;
        fault.strike(calls);
    }

    private void forget(FakeNode node) {
        used -= node == null ? 0 : node.length();
    }

    private FakeNode nodeAt(Path path) {
        FakeNode at = root;
        for (Path name : path) {
            at = at instanceof FakeDirectory directory ? directory.get(name.toString()) : null;
        }
        return at;
    }

    private FakeDirectory parentOf(Path path) throws IOException {
        return asDirectory(path.getParent() == null ? root : nodeAt(path.getParent()), path);
    }

    private static FakeDirectory asDirectory(FakeNode node, Path path) throws IOException {
        if (node instanceof FakeDirectory directory) {
            return directory;
        }
        throw node == null ? new NoSuchFileException(path.toString()) : new NotDirectoryException(path.toString());
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    /** Calls {@code from} to {@code to} fail. */
    private record Fault(int from, int to, Supplier<IOException> failure) {
        static final Fault NONE = new Fault(0, 0, IOException::new);

        void strike(int call) throws IOException {
            if (call >= from && call <= to) {
                throw failure.get();
            }
        }
    }

    /** An open file. A write that fails leaves half of its bytes behind, as a real one may. */
    private final class Writer implements OutFile {
        private final FakeFile file;

        Writer(FakeFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            synchronized (FakeDisk.this) {
                byte[] all = new byte[bytes.remaining()];
                bytes.get(all);
                try {
                    count();
                } catch (IOException e) {
                    append(all, all.length / 2);
                    throw e;
                }
                int fits = (int) Math.min(all.length, usableSpace(null));
                append(all, fits);
                if (fits < all.length) {
                    throw new DiskFull("the fake disk holds " + capacity + " bytes", null);
                }
            }
        }

        private void append(byte[] bytes, int length) {
            file.append(bytes, length, clock.instant());
            used += length;
        }

        @Override
        public void force() throws IOException {
            synchronized (FakeDisk.this) {
                count();
                file.force();
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (FakeDisk.this) {
                count();
            }
        }
    }
}
