package dev.berth.kit.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Some space beside the database that is given up when the disk is full. Without it a full disk could not be relieved:
 * removing an image begins with a record, and that needs a few pages. One thread.
 */
final class Reserve {
    /** Room for the pages of some dozens of small writes; each removed image then makes much more. */
    static final int BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
    private static final int PRIMARY_CODE = 0xff;
    /** It is renewed only where it does not fill the disk again. */
    private static final long ENOUGH = 4L * BYTES;

    private final Path file;

    private Reserve(Path file) {
        this.file = file;
    }

    /** That of the database {@code file}; there is none yet when the disk is full already. */
    static Reserve beside(Path file) {
        Reserve reserve = new Reserve(file.resolveSibling(file.getFileName() + ".reserve"));
        reserve.renew();
        return reserve;
    }

    /** A write that leaves nothing behind when it throws, so that it can be tried again. */
    @FunctionalInterface
    interface Write<T> {
        T run() throws SQLException;
    }

    /** Writes, and once more without the reserve when the disk is full. */
    <T> T behind(Write<T> write) throws SQLException {
        try {
            T result = write.run();
            renew();
            return result;
        } catch (SQLException e) {
            if (!isFull(e) || !giveUp()) {
                throw e;
            }
            return write.run();
        }
    }

    static boolean isFull(SQLException e) {
        return (e.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    private boolean giveUp() {
        try {
            boolean given = Files.deleteIfExists(file);
            LOG.warn("the disk is full: {}", given ? "using the reserve" : "the reserve is used up, too");
            return given;
        } catch (IOException e) {
            LOG.warn("the disk is full, and the reserve cannot be given up: {}", e.toString());
            return false;
        }
    }

    private void renew() {
        if (Files.exists(file) || file.toFile().getAbsoluteFile().getParentFile().getUsableSpace() < ENOUGH) {
            return;
        }
        try {
            Files.write(file, new byte[BYTES]);
        } catch (IOException e) {
            LOG.warn("no reserve for a full disk: {}", e.toString());
            giveUp();
        }
    }
}
