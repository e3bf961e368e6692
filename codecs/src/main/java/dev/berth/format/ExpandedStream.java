package dev.berth.format;

import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.MemoryLimitException;

/** Decompressed bytes, watched: ends bombs early, and turns every complaint of a decoder into a refusal of the image. */
final class ExpandedStream extends InputStream {
    private static final long MIB = 1 << 20;

    private final SourceStream source;
    private final Compression compression;
    private final InspectLimits limits;
    private final InputStream decoded;
    private long expanded;

    ExpandedStream(SourceStream source, InputStream head, Compression compression, InspectLimits limits) throws IOException {
        this.source = source;
        this.compression = compression;
        this.limits = limits;
        this.decoded = guarded(() -> Decoders.open(head, compression, limits));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        checkExpansion();
        int got = guarded(() -> decoded.read(bytes, from, length));
        expanded += Math.max(got, 0);
        return got;
    }

    @Override
    public void close() throws IOException {
        decoded.close();
    }

    private void checkExpansion() throws FormatException {
        if (expanded >= limits.expandedBytes()) {
            throw new FormatException("the archive is larger than " + limits.expandedBytes() / MIB
                    + " MiB when decompressed; no more is read to find its metadata.yaml");
        }
        if (expanded >= limits.freeExpansionBytes() && expanded / limits.expansionRatio() > source.arrived()) {
            throw new FormatException("decompression bomb: " + source.arrived() + " bytes became more than "
                    + expanded / MIB + " MiB, at most " + limits.expansionRatio() + " times is allowed");
        }
    }

    private <T> T guarded(Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (MemoryLimitException e) {
            throw new FormatException("the " + compression.extension() + " needs " + e.getMemoryNeeded() / 1024
                    + " MiB to decompress, at most " + limits.decoderMemoryBytes() / MIB
                    + " MiB are allowed; compress with a smaller dictionary", e);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            source.rethrowIfBroken();
            throw damaged(reason(e), e);
        } catch (StackOverflowError e) {
            // Decoders of gzip and lz4 call themselves for each empty member or frame.
            throw damaged("too many empty parts follow each other", e);
        }
    }

    private FormatException damaged(String how, Throwable cause) {
        return new FormatException("cannot decompress the " + compression.extension() + ": " + how, cause);
    }

    private String reason(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (compression == Compression.ZSTD && message.contains("requires too much memory")) {
            return "its window is larger than " + (1L << limits.zstdWindowLog()) / MIB
                    + " MiB; compress with a smaller --long";
        }
        return e.getMessage() == null || e instanceof RuntimeException ? "the data is damaged" : message;
    }

    private interface Step<T> {
        T run() throws IOException;
    }
}
