package dev.berth.format;

import dev.berth.image.ImageType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a walk through an image has met so far, whatever the container format; the rules are LXD's (formats 1.3). */
public final class ImageFindings {
    private static final int MOST_REMEMBERED_LINKS = 1000;
    /** No system opens a longer path, so that no template can have it; archives can, up to a mebibyte. */
    private static final int LONGEST_PATH = 4096;
    private static final String TEMPLATES = "templates/";

    private final Set<String> linkedTemplates = new LinkedHashSet<>();
    private byte[] yaml;
    private ImageType root;

    /** True for the only name that counts as the metadata, {@code ./} before it or not. */
    public static boolean isMetadata(String name) {
        return withoutDot(name).equals("metadata.yaml");
    }

    /** The refusal of a {@code metadata.yaml} that is a link, device, directory or anything but a plain file. */
    public static FormatException notRegular() {
        return new FormatException("Cannot read non-regular file \"metadata.yaml\"");
    }

    /** Refuses a {@code metadata.yaml} of more bytes than are read. */
    public static void checkMetadataSize(long bytes, InspectLimits limits) throws FormatException {
        if (bytes < 0 || bytes > limits.metadataBytes()) {
            throw MetadataYaml.tooLarge(bytes, limits);
        }
    }

    /** Takes the bytes of a {@code metadata.yaml}; the last one given counts. */
    public void metadata(byte[] content) {
        yaml = content;
    }

    /** Looks at the name of any member for a root of either type. */
    public void member(String name) {
        String bare = withoutDot(name);
        if (bare.startsWith("rootfs/")) {
            root = ImageType.CONTAINER;
        } else if (bare.equals("rootfs.img")) {
            root = ImageType.VIRTUAL_MACHINE;
        }
    }

    /** Remembers a symbolic link, because a template must not be one. */
    public void symbolicLink(String name) {
        String bare = withoutDot(name);
        boolean mayBeTemplate = bare.startsWith(TEMPLATES) && bare.length() <= LONGEST_PATH;
        if (mayBeTemplate && linkedTemplates.size() < MOST_REMEMBERED_LINKS) {
            linkedTemplates.add(bare.substring(TEMPLATES.length()));
        }
    }

    /** True when nothing further can matter: LXD stops reading here, too. */
    public boolean complete() {
        return yaml != null && root != null;
    }

    /** Sums up, and refuses what is missing or makes no sense. */
    public Inspection sumUp(Compression compression, InspectLimits limits) throws FormatException {
        if (yaml == null) {
            throw new FormatException("Metadata tarball is missing metadata.yaml");
        }
        Metadata metadata = MetadataYaml.parse(yaml, limits);
        checkTemplates(metadata.templates());
        List<String> warnings = Oddities.of(metadata);
        return new Inspection(compression, metadata, Optional.ofNullable(root), warnings);
    }

    private void checkTemplates(Map<String, TemplateRule> templates) throws FormatException {
        for (Map.Entry<String, TemplateRule> rule : templates.entrySet()) {
            if (linkedTemplates.contains(rule.getValue().template())) {
                throw new FormatException("template rule \"" + Shown.of(rule.getKey()) + "\": templates/"
                        + Shown.of(rule.getValue().template()) + " must be a plain file, it is a symbolic link");
            }
        }
    }

    private static String withoutDot(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }
}
