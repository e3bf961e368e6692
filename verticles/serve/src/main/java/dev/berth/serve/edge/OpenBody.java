package dev.berth.serve.edge;

import dev.berth.contract.StoreContract.Growing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A body whose files are all open: nothing that happens to their names from now on can spoil it.
 *
 * @param pieces in order
 */
record OpenBody(List<Piece> pieces) {
    OpenBody {
        pieces = List.copyOf(pieces);
    }

    /**
     * Bytes in memory, or an open file; one of them is null.
     *
     * @param name of the file's content: equal for equal bytes
     * @param growing what the store says of a file that is still being written, or null when it is whole
     */
    record Piece(byte[] bytes, FileChannel file, long length, Object name, Growing growing) {
        static Piece of(byte[] bytes) {
            return new Piece(bytes, null, bytes.length, null, null);
        }

        static Piece of(FileChannel file, long length, Object name) {
            return new Piece(null, file, length, name, null);
        }

        static Piece of(FileChannel file, Growing growing) {
            return new Piece(null, file, growing.length(), growing.stagingId(), growing);
        }
    }

    /** Part of a piece. */
    record Slice(Piece piece, long offset, long length) {
        boolean isWholeFile() {
            return piece.file() != null && piece.growing() == null;
        }

        boolean isGrowing() {
            return piece.growing() != null;
        }
    }

    /** Which parts of which pieces make up a range of the body. */
    List<Slice> slices(long offset, long length) {
        List<Slice> slices = new ArrayList<>();
        long begin = 0;
        for (Piece piece : pieces) {
            long from = Math.max(offset - begin, 0);
            long to = Math.min(offset + length - begin, piece.length());
            if (from < to) {
                slices.add(new Slice(piece, from, to - from));
            }
            begin += piece.length();
        }
        return slices;
    }

    /** Closes the files. May block for a while when a file was deleted meanwhile. */
    void close() throws IOException {
        for (Piece piece : pieces) {
            if (piece.file() != null) {
                piece.file().close();
            }
        }
    }
}
