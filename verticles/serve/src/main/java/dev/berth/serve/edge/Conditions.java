package dev.berth.serve.edge;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/** What a client has already (RFC 9110, 13): reading only, for writes the features compare ETags themselves. */
final class Conditions {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Conditions() {}

    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /**
     * Whether the client has this very thing already.
     *
     * @param noneMatch If-None-Match, or null
     * @param modifiedSince If-Modified-Since, or null; counts only without the other
     */
    static boolean isKnown(String noneMatch, String modifiedSince, String etag, Instant lastModified) {
        if (noneMatch != null) {
            return etag != null && (noneMatch.strip().equals("*") || names(noneMatch, etag));
        }
        Instant known = instant(modifiedSince);
        return known != null && lastModified != null && !seconds(lastModified).isAfter(known);
    }

    /**
     * Whether a range may be served: the client's other part is of the same thing.
     *
     * @param ifRange If-Range, or null for "whatever it is"
     */
    static boolean isSame(String ifRange, String etag, Instant lastModified) {
        if (ifRange == null || ifRange.equals(etag)) {
            return true;
        }
        Instant known = instant(ifRange);
        return known != null && lastModified != null && known.equals(seconds(lastModified));
    }

    private static boolean names(String list, String etag) {
        return Arrays.stream(list.split(",")).map(String::strip).map(Conditions::withoutWeakness).anyMatch(etag::equals);
    }

    private static String withoutWeakness(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    private static Instant instant(String date) {
        try {
            return date == null ? null : DATE.parse(date, Instant::from);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
