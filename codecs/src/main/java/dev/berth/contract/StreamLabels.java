package dev.berth.contract;

/** Names of the labels a producer may put on the end of a byte stream: facts about the file that only it knows. */
public final class StreamLabels {
    /** Multipart part name: {@code metadata}, {@code rootfs} or {@code rootfs.img}. */
    public static final String PART = "part";
    /** File name the sender gave. */
    public static final String FILENAME = "filename";
    /** SHA-256 of all bytes of the stream in hex, when the sender digested them itself as they went out. */
    public static final String SHA256 = "sha256";

    private StreamLabels() {}
}
