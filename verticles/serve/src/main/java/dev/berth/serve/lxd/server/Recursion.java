package dev.berth.serve.lxd.server;

import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** Whether a list shall hold documents instead of URLs: any positive number asks for them (rest-api 8, 52 and 53). */
final class Recursion {
    private static final Pattern POSITIVE = Pattern.compile("0*[1-9]\\d{0,8}");

    private Recursion() {}

    static boolean isWanted(RoutingContext ctx) {
        String recursion = ctx.request().getParam("recursion");
        return recursion != null && POSITIVE.matcher(recursion).matches();
    }
}
