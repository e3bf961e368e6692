package dev.berth.simplestreams;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.image.Architecture;
import dev.berth.image.ImageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Products files for tests, written with single quotes, and what became of reading them. */
record StreamFixture(StreamIndex index, SkippedParts skipped) {
    static final String BASE = "https://images.example";

    /** A sha256 of one digit, repeated. */
    static String sha(char digit) {
        return String.valueOf(digit).repeat(64);
    }

    static InputStream bytes(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static StreamFixture read(String json) throws IOException {
        return read(bytes(json), StreamCollector.ofAll(BASE, ReadLimits.DEFAULTS), ReadLimits.DEFAULTS);
    }

    static StreamFixture read(InputStream in, StreamCollector collector, ReadLimits limits) throws IOException {
        SkippedParts skipped = new SkippedParts();
        ProductsDocument.read(in, limits, collector, skipped);
        return new StreamFixture(collector.index(), skipped);
    }

    static StreamFixture sample() throws IOException {
        try (InputStream in = StreamFixture.class.getResourceAsStream("images.json")) {
            return read(in, StreamCollector.ofAll(BASE, ReadLimits.DEFAULTS), ReadLimits.DEFAULTS);
        }
    }

    static String products(String... products) {
        return "{'format': 'products:1.0', 'products': {" + String.join(",", products) + "}}";
    }

    /** A product of amd64 with the fields and versions given. */
    static String product(String key, String fields, String... versions) {
        return "'" + key + "': {'arch': 'amd64', 'os': 'Ubuntu', 'variant': 'default', " + fields + (fields.isEmpty() ? "" : ", ")
                + "'versions': {" + String.join(",", versions) + "}}";
    }

    static String version(String serial, String... items) {
        return "'" + serial + "': {'items': {" + String.join(",", items) + "}}";
    }

    static String item(String ftype, String fields) {
        return "'" + ftype + "': {'ftype': '" + ftype + "', 'path': 'a/" + ftype + "', 'size': 10, " + fields + "}";
    }

    /** A version with one unified image whose fingerprint is {@code digit} repeated. */
    static String unified(String serial, char digit) {
        return version(serial, item("lxd_combined.tar.gz", "'sha256': '" + sha(digit) + "'"));
    }

    Lookup find(String name, ImageType type, Architecture host) {
        return index.find(new Wanted(name, type, null, host));
    }

    /** What a lookup on x86_64 offers, or null. */
    Offer offer(String name) {
        return find(name, null, Architecture.X86_64).fold(Lookup.Found::offer, () -> null, ambiguous -> null);
    }

    List<String> fingerprints() {
        return index.images().stream().map(image -> image.fingerprint().hex()).toList();
    }
}
