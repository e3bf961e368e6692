package dev.berth.serve.edge;

import dev.berth.image.BlobId;

/** A piece of a response body. */
public sealed interface Segment permits Segment.Bytes, Segment.Blob {
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
}
