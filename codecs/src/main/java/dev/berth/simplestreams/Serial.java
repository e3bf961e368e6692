package dev.berth.simplestreams;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/** The key of a version: a date, then anything (formats 3.3, facts 98 and 99). */
final class Serial {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmm").withResolverStyle(ResolverStyle.STRICT);
    private static final int DAY_LENGTH = 8;
    private static final int MINUTE_LENGTH = 13;

    private Serial() {}

    /** The time of day when the serial is exactly {@code YYYYMMDD_HHMM}, else midnight UTC; empty when it has no date. */
    static Optional<Instant> createdAt(String serial) {
        if (serial.length() != MINUTE_LENGTH || serial.charAt(DAY_LENGTH) != '_') {
            return midnight(serial);
        }
        try {
            return Optional.of(LocalDateTime.parse(serial, MINUTE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return midnight(serial);
        }
    }

    private static Optional<Instant> midnight(String serial) {
        if (serial.length() < DAY_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(serial.substring(0, DAY_LENGTH), DAY).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
