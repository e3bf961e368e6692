package dev.berth.format;

import dev.berth.image.ImageType;
import java.util.List;
import java.util.Optional;

/**
 * What a unified image or a metadata tarball turned out to be.
 *
 * @param compression by magic
 * @param metadata the {@code metadata.yaml} that counts
 * @param rootType the type of instance its root makes; empty when it has none, which is right for the metadata tarball
 *     of a split image and refused as {@code Invalid instance type} for a unified one (formats fact 6)
 * @param warnings sentences about things that are legal but probably not meant
 */
public record Inspection(Compression compression, Metadata metadata, Optional<ImageType> rootType, List<String> warnings) {
    public Inspection {
        warnings = List.copyOf(warnings);
    }
}
