package dev.berth.serve.download;

import dev.berth.image.BlobId;
import dev.berth.format.RootfsArchive.Layout;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How the root file system of an image gets to a client: {@link AsItIs} or {@link Converted}. */
sealed interface Rootfs permits Rootfs.AsItIs, Rootfs.Converted {
    /** The image has it as the client wants it. */
    record AsItIs(ImageFile file) implements Rootfs {}

    /** It must be made first. */
    record Converted(RootfsKey key) implements Rootfs {}

    String WANTED = ".tar.xz";
    Set<String> READABLE = Set.of(".tar", ".tar.gz", ".tar.bz2", ".tar.lzma", ".tar.zst", ".tar.lz4", ".squashfs");

    /** Empty for machines, and for files of which no tree can be had. */
    static Optional<Rootfs> of(Image image) {
        if (image.type() != ImageType.CONTAINER) {
            return Optional.empty();
        }
        return image.isSplit() ? split(image.files().get(1)) : unified(image.files().get(0));
    }

    default <T> T fold(
            Function<? super AsItIs, ? extends T> asItIs, Function<? super Converted, ? extends T> converted) {
        return this instanceof AsItIs a ? asItIs.apply(a) : converted.apply((Converted) this);
    }

    private static Optional<Rootfs> split(ImageFile file) {
        if (file.extension().equals(WANTED)) {
            return Optional.of(new AsItIs(file));
        }
        return READABLE.contains(file.extension()) ? converted(file.blob(), Layout.SPLIT) : Optional.empty();
    }

    private static Optional<Rootfs> unified(ImageFile file) {
        boolean readable = file.extension().equals(WANTED) || READABLE.contains(file.extension());
        return readable ? converted(file.blob(), Layout.UNIFIED) : Optional.empty();
    }

    private static Optional<Rootfs> converted(BlobId blob, Layout layout) {
        return Optional.of(new Converted(new RootfsKey(blob, layout)));
    }
}
