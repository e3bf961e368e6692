package dev.berth.serve.edge;

/**
 * Where to listen.
 *
 * @param host name or address; {@code 0.0.0.0} for all IPv4 addresses, {@code ::} for all
 * @param port 0 for any free one
 */
public record Endpoint(String host, int port) {
    private static final int MAX_PORT = 65_535;

    public Endpoint {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("a listen address needs a host, got none; try 0.0.0.0");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is 0 to " + MAX_PORT + ", got " + port);
        }
    }

    /** Reads {@code host:port}; an IPv6 address stands in brackets. */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("expected HOST:PORT, got \"" + text + "\"");
        }
        String host = text.substring(0, colon);
        return new Endpoint(withoutBrackets(host), port(text.substring(colon + 1), text));
    }

    private static String withoutBrackets(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected HOST:PORT with a number as port, got \"" + text + "\"", e);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
