package dev.berth.hash;

import dev.berth.contract.HashContract.Digests;
import dev.berth.contract.HashContract.FileDigest;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The digests of one image's files, fed in order: SHA-256 of each file, and of all bytes together (formats 1.5).
 *
 * <p>The first file costs one digest, because until its end both digests are the same; where senders tell the digests
 * of their files, every file does. Not thread-safe; hand it from thread to thread with a happens-before between uses.
 */
final class ImageDigest {
    private final List<FileDigest> files = new ArrayList<>();
    private final MessageDigest file;
    private MessageDigest whole;
    private long length;

    /** @param filesTold true when {@link #endFile} is told the digest of each file */
    ImageDigest(boolean filesTold) {
        this.file = filesTold ? null : sha256();
        this.whole = filesTold ? sha256() : null;
    }

    /** Takes all that remains in the buffer; its position stays where it was. */
    void update(ByteBuffer bytes) {
        if (file != null) {
            file.update(bytes.duplicate());
        }
        if (whole != null) {
            whole.update(bytes.duplicate());
        }
        length += bytes.remaining();
    }

    /**
     * The current file is over; what comes next belongs to the next one.
     *
     * @param told its digest in hex, where files are told
     */
    void endFile(String told) {
        if (whole == null) {
            whole = copyOf(file);
        }
        String sha256 = file == null ? told : HexFormat.of().formatHex(file.digest());
        files.add(new FileDigest(new BlobId(sha256), length));
        length = 0;
    }

    /** After the last {@link #endFile()}: everything. */
    Digests finish() {
        return new Digests(files, new Fingerprint(HexFormat.of().formatHex(whole.digest())));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", e);
        }
    }
}
