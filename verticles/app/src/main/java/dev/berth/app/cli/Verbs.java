package dev.berth.app.cli;

import java.util.List;

/** The verbs that this package brings to the command line, in the order of the help page. */
public final class Verbs {
    private Verbs() {}

    public static List<Object> all() {
        return List.of(
                new TokenVerb(),
                new TrustVerb(),
                new AccessVerb(),
                new ImportVerb(),
                new PullVerb(),
                new ListVerb(),
                new ExportVerb(),
                new DeleteVerb(),
                new AliasVerb(),
                new KeyVerb(),
                new VerifyVerb());
    }
}
