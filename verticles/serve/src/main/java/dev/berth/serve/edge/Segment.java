package dev.berth.serve.edge;

import dev.berth.image.BlobId;
import java.nio.file.Path;

/** A piece of a response body. */
public sealed interface Segment permits Segment.Bytes, Segment.Blob, Segment.OwnFile {
    /** In bytes. */
    long length();

    /** Bytes in memory, for example the head of a multipart part. */
    record Bytes(byte[] bytes) implements Segment {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /**
     * A whole stored file.
     *
     * @param length as the catalog recorded it; a file of another length is not sent
     */
    record Blob(BlobId id, long length) implements Segment {}

    /**
     * A whole file of ours that is no blob of the store.
     *
     * @param length a file of another length is not sent
     */
    record OwnFile(Path path, long length) implements Segment {}
}
