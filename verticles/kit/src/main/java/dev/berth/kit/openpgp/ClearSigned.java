package dev.berth.kit.openpgp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text in a signed frame, taken apart (RFC 4880, 7). Strict, because whatever stands outside of what was signed must
 * never be taken for signed: one frame, and nothing before or after it but line feeds at the end.
 *
 * @param text the lines inside
 * @param armor the signature, armored
 */
record ClearSigned(TextLines text, byte[] armor) {
    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";
    private static final int MOST_ARMOR = 64 << 10;

    /** The frame around {@code text}. */
    static byte[] framed(TextLines text, String digest, byte[] armor) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii(BEGIN + "\nHash: " + digest + "\n\n"));
        text.writeEscaped(out);
        out.writeBytes(armor);
        return out.toByteArray();
    }

    static ClearSigned parse(byte[] document) throws SignatureRefused {
        int from = afterHeaders(document);
        int at = from;
        while (at < document.length && !isLine(document, at, SIGNATURE)) {
            int end = TextLines.lineFeed(document, at);
            mustBeEscaped(document, at, end);
            at = end + 1;
        }
        if (at >= document.length) {
            throw new SignatureRefused("expected a text with its signature (" + SIGNATURE + "), got one without");
        }
        TextLines text = TextLines.escaped(document, from, at);
        if (text.hasReturnInside()) {
            throw new SignatureRefused("expected lines that end with a line feed, got a carriage return inside one");
        }
        return new ClearSigned(text, armor(document, at));
    }

    private static int afterHeaders(byte[] document) throws SignatureRefused {
        if (!isLine(document, 0, BEGIN)) {
            throw new SignatureRefused("expected a signed text, which begins with " + BEGIN + ", got none");
        }
        int start = TextLines.lineFeed(document, 0) + 1;
        while (start < document.length && !isLine(document, start, "")) {
            if (!lineAt(document, start).startsWith("Hash: ")) {
                throw new SignatureRefused("expected nothing but Hash: lines above the signed text, got other ones");
            }
            start = TextLines.lineFeed(document, start) + 1;
        }
        return TextLines.lineFeed(document, Math.min(start, document.length)) + 1;
    }

    private static void mustBeEscaped(byte[] document, int start, int end) throws SignatureRefused {
        boolean dash = end > start && document[start] == '-';
        if (dash && (end - start < 2 || document[start + 1] != ' ')) {
            throw new SignatureRefused("expected one signed text, got a frame inside the frame or a dash not escaped");
        }
    }

    private static byte[] armor(byte[] document, int start) throws SignatureRefused {
        int at = start;
        while (at < document.length && !isLine(document, at, END)) {
            at = TextLines.lineFeed(document, at) + 1;
        }
        if (at >= document.length) {
            throw new SignatureRefused("expected " + END + " at the end, got a text that is cut off");
        }
        int end = Math.min(TextLines.lineFeed(document, at) + 1, document.length);
        mustBeEmpty(document, end);
        if (end - start > MOST_ARMOR) {
            throw new SignatureRefused("expected a signature of at most " + MOST_ARMOR + " bytes, got " + (end - start));
        }
        return Arrays.copyOfRange(document, start, end);
    }

    private static void mustBeEmpty(byte[] document, int from) throws SignatureRefused {
        for (int at = from; at < document.length; at++) {
            if (document[at] != '\n' && document[at] != '\r') {
                throw new SignatureRefused("expected nothing after the signature, got " + (document.length - from) + " bytes");
            }
        }
    }

    /** Blanks at the end of a line do not count. */
    private static boolean isLine(byte[] document, int start, String expected) {
        if (!expected.isEmpty() && (start >= document.length || document[start] != expected.charAt(0))) {
            return false;
        }
        return lineAt(document, start).stripTrailing().equals(expected);
    }

    /** Its beginning, for comparisons with short words. */
    private static String lineAt(byte[] document, int start) {
        int end = Math.min(TextLines.lineFeed(document, start), start + 200);
        return new String(document, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
