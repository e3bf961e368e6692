package dev.berth.serve.edge;

import java.time.Instant;
import java.util.List;

/**
 * A response body of known length.
 *
 * @param segments in order
 * @param disposition value of Content-Disposition, or null
 * @param etag strong and quoted, or null
 * @param lastModified or null
 * @param immutable true when these bytes can never change under this address, so that anybody may cache them for ever
 */
public record Body(
        List<Segment> segments,
        String contentType,
        String disposition,
        String etag,
        Instant lastModified,
        boolean immutable) {
    public Body {
        segments = List.copyOf(segments);
    }

    /** How many files must be open to send it. */
    int files() {
        return (int) segments.stream().filter(segment -> !(segment instanceof Segment.Bytes)).count();
    }

    /** In bytes. */
    public long length() {
        return segments.stream().mapToLong(Segment::length).sum();
    }
}
