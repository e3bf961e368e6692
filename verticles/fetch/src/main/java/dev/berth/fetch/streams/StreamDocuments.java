package dev.berth.fetch.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The documents of a stream, as current as they could be had.
 *
 * @param missing why a products file is missing, or null when all are there
 */
record StreamDocuments(KeptDocument index, List<KeptDocument> products, Throwable missing) {

    /** Differs when anything in the products files, or their number, does. */
    String version() {
        String all = products.stream().map(KeptDocument::version).collect(Collectors.joining("\n"));
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** When all of them were last found to be current. */
    Instant asked() {
        return all().map(KeptDocument::checked).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** Why one of them could not be asked for this time, or empty. */
    String trouble() {
        String why = missing == null ? "" : String.valueOf(missing.getMessage());
        return all().map(KeptDocument::trouble).filter(text -> !text.isEmpty()).findFirst().orElse(why);
    }

    private Stream<KeptDocument> all() {
        return Stream.concat(Stream.of(index), products.stream());
    }
}
