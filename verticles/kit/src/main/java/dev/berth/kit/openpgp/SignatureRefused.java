package dev.berth.kit.openpgp;

/** A signature proves nothing; the message says what was expected and what came. */
public final class SignatureRefused extends Exception {
    private static final long serialVersionUID = 1L;

    SignatureRefused(String text) {
        super(text);
    }

    SignatureRefused(String text, Throwable cause) {
        super(text, cause);
    }
}
