package dev.berth.simplestreams;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One image of a stream, as LXD sees it (formats 3.5). Small and immutable: what the versions of a product share is kept
 * once, texts for people are made when asked for.
 */
public final class StreamImage {
    private final Product.Facts facts;
    private final String serial;
    private final String label;
    private final Instant createdAt;
    private final ItemKind kind;
    private final ImageType type;
    private final Fingerprint fingerprint;
    private final boolean incus;
    private final List<OfferedFile> files;

    StreamImage(Product.Facts facts, String serial, String label, Instant createdAt, ItemKind kind, ImageType type,
            Fingerprint fingerprint, boolean incus, List<OfferedFile> files) {
        this.facts = facts;
        this.serial = serial;
        this.label = label;
        this.createdAt = createdAt;
        this.kind = kind;
        this.type = type;
        this.fingerprint = fingerprint;
        this.incus = incus;
        this.files = files;
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    public ImageType type() {
        return type;
    }

    public Architecture architecture() {
        return facts.architecture();
    }

    /** The version it is of, as the stream writes it. */
    public String serial() {
        return serial;
    }

    /** What the stream calls its version, or empty. */
    String label() {
        return label;
    }

    /** The day or minute of the serial. */
    public Instant createdAt() {
        return createdAt;
    }

    /** What to download, in fingerprint order, paths relative to the server's base. */
    public List<OfferedFile> files() {
        return files;
    }

    /** End of support, or {@link Image#NEVER_EXPIRES} when there is none or it is not {@code YYYY-MM-DD} (fact 100). */
    public Instant expiresAt() {
        try {
            return LocalDate.parse(facts.supportEol()).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return Image.NEVER_EXPIRES;
        }
    }

    /** Bytes of all files, or -1 when the stream does not tell. */
    public long size() {
        boolean known = files.stream().allMatch(file -> file.size() >= 0);
        return known ? files.stream().mapToLong(OfferedFile::size).sum() : -1;
    }

    /** The name of its first file. */
    public String filename() {
        String path = files.get(0).path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** All properties; empty ones do not exist. */
    public Map<String, String> properties() {
        Map<String, String> all = new TreeMap<>();
        requirements().forEach((name, value) -> all.put("requirements." + name, value));
        all.put("os", facts.os());
        all.put("release", facts.release());
        all.put("version", facts.version());
        all.put("architecture", facts.arch());
        all.put("label", label);
        all.put("serial", serial);
        all.put("description", description());
        all.put("variant", facts.variant());
        all.put("type", kind.isUnified() ? "tar.gz" : kind.ftype());
        all.values().removeIf(String::isEmpty);
        return all;
    }

    /** What fetch answers when this image was asked for as {@code alias}, which is empty when it was by fingerprint. */
    Offer offer(String alias, List<String> names) {
        List<Alias> aliases = names.stream().map(name -> new Alias(name, "")).toList();
        return new Offer(fingerprint, alias, type, facts.architecture(), properties(), aliases, filename(), true, size(),
                createdAt, expiresAt(), files);
    }

    Product.Facts facts() {
        return facts;
    }

    ItemKind kind() {
        return kind;
    }

    boolean isIncus() {
        return incus;
    }

    /** About how many characters this holds beyond what its product shares. */
    long characters() {
        return serial.length() + label.length() + files.stream().mapToLong(file -> file.path().length()
                + file.deltas().stream().mapToLong(delta -> delta.path().length()).sum()).sum();
    }

    private Map<String, String> requirements() {
        return incus || facts.lxdRequirements() == null ? facts.requirements() : facts.lxdRequirements();
    }

    private String description() {
        String labelled = label.isEmpty() ? "" : " (" + label + ")";
        return facts.os() + " " + facts.releaseTitle() + " " + facts.arch() + labelled + " (" + serial + ")";
    }
}
