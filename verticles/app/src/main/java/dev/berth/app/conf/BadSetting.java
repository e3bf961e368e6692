package dev.berth.app.conf;

import java.util.List;

/** The settings do not fit: one line per finding, each with where it was written and what was expected. */
public final class BadSetting extends Exception {
    private static final long serialVersionUID = 1L;

    BadSetting(List<String> findings) {
        super(String.join("\n", findings));
    }
}
