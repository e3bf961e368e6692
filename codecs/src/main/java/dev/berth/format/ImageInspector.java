package dev.berth.format;

import dev.berth.format.tar.TarEntry;
import dev.berth.format.tar.TarWalk;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Finds the metadata and the type of a unified image or of a metadata tarball while its bytes stream by (formats 1.3). */
public final class ImageInspector {
    private ImageInspector() {}

    /**
     * Reads until a {@code metadata.yaml} and a root were both seen, else to the end of the archive; what follows is
     * left unread. Blocks while the source has nothing, and burns CPU: for a worker thread. Never closes the source,
     * keeps nothing of it but the metadata, and creates no files.
     *
     * @param source the image from its first byte
     * @throws FormatException when it is not an image we take; the message is for the sender
     * @throws NeedsFile when it is a squashfs, which only {@link dev.berth.format.squashfs.SquashfsInspector} can read
     * @throws IOException when the source broke; exactly what the source threw
     */
    public static Inspection inspect(InputStream source, InspectLimits limits, Dialect dialect)
            throws IOException, NeedsFile {
        SourceStream arriving = new SourceStream(source);
        BufferedInputStream buffered = arriving.buffered();
        Compression compression = compression(buffered, dialect);
        if (compression == Compression.SQUASHFS) {
            throw new NeedsFile();
        }
        try (ExpandedStream archive = new ExpandedStream(arriving, new KeepOpen(buffered), compression, limits)) {
            return walk(archive, limits).sumUp(compression, limits);
        }
    }

    private static Compression compression(BufferedInputStream in, Dialect dialect) throws IOException {
        in.mark(Compression.HEAD_BYTES);
        byte[] head = in.readNBytes(Compression.HEAD_BYTES);
        in.reset();
        if (head.length == 0) {
            throw new FormatException("EOF");
        }
        return Compression.sniff(head, dialect)
                .filter(compression -> compression != Compression.QCOW2)
                .orElseThrow(() -> new FormatException("Unsupported compression"));
    }

    private static ImageFindings walk(InputStream archive, InspectLimits limits) throws IOException {
        TarWalk tar = new TarWalk(archive, limits.extendedHeaderBytes(), limits.entries());
        ImageFindings findings = new ImageFindings();
        Optional<TarEntry> entry = tar.next();
        while (entry.isPresent()) {
            note(entry.get(), tar, findings, limits);
            entry = findings.complete() ? Optional.empty() : tar.next();
        }
        return findings;
    }

    private static void note(TarEntry entry, TarWalk tar, ImageFindings findings, InspectLimits limits) throws IOException {
        if (ImageFindings.isMetadata(entry.name())) {
            findings.metadata(metadata(entry, tar, limits));
        }
        if (entry.kind() == TarEntry.Kind.SYMBOLIC_LINK) {
            findings.symbolicLink(entry.name());
        }
        findings.member(entry.name());
    }

    private static byte[] metadata(TarEntry entry, TarWalk tar, InspectLimits limits) throws IOException {
        if (!entry.isRegular()) {
            throw ImageFindings.notRegular();
        }
        if (entry.sparse()) {
            throw new FormatException("metadata.yaml must not be stored as a sparse file; pack it without --sparse");
        }
        ImageFindings.checkMetadataSize(entry.storedBytes(), limits);
        return tar.content(limits.metadataBytes());
    }
}
