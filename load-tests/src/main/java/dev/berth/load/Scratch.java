package dev.berth.load;

import java.nio.file.Path;

/** A folder on the disk that is measured, with all that a bench puts there; gone when the bench is over. */
record Scratch(Path path) implements AutoCloseable {
    static Scratch on(Path disk, String name) {
        return new Scratch(Daemon.folder(disk, name));
    }

    @Override
    public void close() {
        Shell.run("rm", "-rf", "--one-file-system", path.toString()).orFail();
    }
}
