package dev.berth.app.clients;

import java.util.List;

/**
 * A program that has ended.
 *
 * @param command how it was called
 * @param status its exit status
 * @param out what went to standard output
 * @param err what went to standard error
 */
record ToolRun(List<String> command, int status, String out, String err) {

    /** Standard output of a run that must have succeeded. */
    String good() {
        if (status != 0) {
            throw new AssertionError(command + " ended with " + status + ": " + err + lasting(out));
        }
        return out;
    }

    /** What a run that must have failed said about it. */
    String refused() {
        if (status == 0) {
            throw new AssertionError(command + " was expected to fail and printed " + out);
        }
        return err;
    }

    /** Without what a progress display wrote over. */
    private static String lasting(String text) {
        return text.replaceAll("[^\n]*\r", "");
    }
}
