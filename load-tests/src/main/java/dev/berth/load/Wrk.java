package dev.berth.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests per second by wrk, over TLS with connections kept. Fails when an answer is not a success. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    private Wrk() {}

    static double rate(String url, int connections, int seconds) {
        String text = Shell.run(
                        "wrk", "-t", "1", "-c", String.valueOf(connections), "-d", seconds + "s", "--timeout", "30s", url)
                .orFail()
                .text();
        if (text.contains("Non-2xx")) {
            throw new IllegalStateException("not all answers of " + url + " were successes: " + text);
        }
        Matcher found = RATE.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("wrk printed no rate: " + text);
        }
        return Double.parseDouble(found.group(1));
    }
}
