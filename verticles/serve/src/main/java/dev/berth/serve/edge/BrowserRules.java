package dev.berth.serve.edge;

import java.util.Set;

/**
 * Keeps other web sites from using a visitor's browser against us: its certificate would speak for the visitor (rest-api
 * 0.11, 5.5). Programs that are no browsers send none of these headers, or the address of the websocket as its origin.
 */
final class BrowserRules {
    private static final Set<String> OURS = Set.of("same-origin", "none");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private BrowserRules() {}

    /**
     * What a request tells about the page it came from; null where a header is absent.
     *
     * @param host as the client addressed us, with the port when it is not the usual one
     * @param fetchSite Sec-Fetch-Site
     * @param fetchMode Sec-Fetch-Mode
     */
    record Page(
            String method, boolean websocket, String host, String origin, String fetchSite, String fetchMode) {}

    /** @param allowedOrigin {@code core.https_allowed_origin}, empty for none */
    static boolean isForeign(Page page, String allowedOrigin) {
        if (isAllowed(page.origin(), allowedOrigin)) {
            return false;
        }
        boolean reading = READING.contains(page.method()) && !page.websocket();
        boolean followedLink = reading && "navigate".equals(page.fetchMode());
        if (page.fetchSite() != null && !OURS.contains(page.fetchSite()) && !followedLink) {
            return true;
        }
        return !reading && page.origin() != null && !isOurs(page.origin(), page.host());
    }

    /** No page has the second one, which a browser never calls an origin. */
    private static boolean isOurs(String origin, String host) {
        return origin.equals("https://" + host) || origin.equals("wss://" + host);
    }

    private static boolean isAllowed(String origin, String allowedOrigin) {
        return origin != null && !allowedOrigin.isEmpty() && (allowedOrigin.equals("*") || allowedOrigin.equals(origin));
    }
}
