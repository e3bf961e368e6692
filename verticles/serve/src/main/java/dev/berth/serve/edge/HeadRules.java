package dev.berth.serve.edge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a request's head must look like. Two programs that read one head differently can be played off against each
 * other, so whatever can be read in two ways is refused (request smuggling).
 */
final class HeadRules {
    private static final int NO_LENGTH = -1;

    private final int mostHeaders;

    HeadRules(int mostHeaders) {
        this.mostHeaders = mostHeaders;
    }

    /**
     * One head of HTTP/1.
     *
     * @param hosts values of all Host headers
     * @param transferEncodings values of all Transfer-Encoding headers
     * @param lengths values of all Content-Length headers
     * @param headers number of header lines
     */
    record Head(
            boolean http11, List<String> hosts, List<String> transferEncodings, List<String> lengths, int headers) {}

    /** What is wrong with it, if anything, in words for the client. */
    Optional<String> objection(Head head) {
        if (head.headers() > mostHeaders) {
            return Optional.of("at most " + mostHeaders + " header lines are read, got " + head.headers());
        }
        if (head.hosts().size() > 1 || head.http11() && head.hosts().isEmpty()) {
            return Optional.of("expected one Host header, got " + head.hosts().size());
        }
        if (head.hosts().stream().anyMatch(HeadRules::isOddHost)) {
            return Optional.of("the Host header names no host");
        }
        return framing(head);
    }

    private static Optional<String> framing(Head head) {
        List<String> encodings = head.transferEncodings();
        if (!encodings.isEmpty() && !isChunked(encodings)) {
            return Optional.of("the only Transfer-Encoding that is understood is chunked");
        }
        if (!encodings.isEmpty() && (!head.lengths().isEmpty() || !head.http11())) {
            return Optional.of("a body is either chunked or has a Content-Length");
        }
        boolean clear = Set.copyOf(head.lengths()).size() <= 1 && head.lengths().stream().allMatch(HeadRules::isLength);
        return clear ? Optional.empty() : Optional.of("expected one Content-Length, a number");
    }

    private static boolean isChunked(List<String> encodings) {
        return encodings.size() == 1 && encodings.get(0).toLowerCase(Locale.ROOT).equals("chunked");
    }

    private static boolean isLength(String text) {
        return length(text) > NO_LENGTH;
    }

    private static long length(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            return digits ? Long.parseLong(text) : NO_LENGTH;
        } catch (NumberFormatException tooLong) {
            return NO_LENGTH;
        }
    }

    private static boolean isOddHost(String host) {
        return host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "/\\?#@,".indexOf(c) >= 0);
    }
}
