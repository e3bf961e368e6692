package dev.berth.serve.lxd;

import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** Whether a list shall hold documents instead of URLs (rest-api 8, 52 and 53). */
public final class Recursion {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,9}");

    private Recursion() {}

    /** Any number but zero asks for documents; what is no number asks for nothing. */
    public static boolean isWanted(RoutingContext ctx) {
        String recursion = ctx.request().getParam("recursion");
        return recursion != null && NUMBER.matcher(recursion).matches() && Integer.parseInt(recursion) != 0;
    }
}
