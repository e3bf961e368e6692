package dev.berth.lxd;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Strong, quoted ETags in two parts: {@code "<of what can be edited>-<of the whole document>"}.
 *
 * <p>The whole tag changes with every byte of the document, so a cached copy is never taken for fresh. {@code If-Match}
 * looks at the first part alone, so that a download in between (which changes {@code last_used_at}) does not spoil
 * somebody's edit (rest-api 3.7).
 */
public final class EntityTag {
    private static final int PART = 16;

    private EntityTag() {}

    /** The tag of something that can be edited as a whole. */
    public static String of(byte[] document) {
        return '"' + digest(document) + '"';
    }

    /**
     * @param editable a form of everything an edit can change
     * @param document the whole document
     */
    public static String of(byte[] editable, byte[] document) {
        return '"' + digest(editable) + '-' + digest(document) + '"';
    }

    /**
     * Says whether an edit may go ahead.
     *
     * @param ifMatch what the client read, bare or quoted; null, empty or {@code *} allow everything
     * @param etag what is there now
     */
    public static boolean allows(String ifMatch, String etag) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
            return true;
        }
        return editablePart(ifMatch.strip()).equals(editablePart(etag));
    }

    private static String editablePart(String tag) {
        boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
        String bare = quoted ? tag.substring(1, tag.length() - 1) : tag;
        int dash = bare.indexOf('-');
        return dash < 0 ? bare : bare.substring(0, dash);
    }

    private static String digest(byte[] bytes) {
        byte[] whole = sha256().digest(bytes);
        return HexFormat.of().formatHex(whole, 0, PART);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

}
