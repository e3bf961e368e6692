package dev.berth.serve.lxd;

import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.Callers;
import io.vertx.ext.web.RoutingContext;

/** Who may do what; every check throws {@link RefusedException} with LXD's text (rest-api 2.5, 2.6, 5.2). */
public final class Access {
    private static final String NOT_AUTHORIZED = "not authorized";
    private static final String RESTRICTED = "Certificate is restricted";

    private Access() {}

    /** Lets administrators and restricted certificates pass. */
    public static void mustBeTrusted(Caller caller) {
        if (!caller.isTrusted()) {
            throw forbidden(NOT_AUTHORIZED);
        }
    }

    /** Lets only administrators pass. */
    public static void mustBeAdmin(Caller caller) {
        if (!caller.isAdmin()) {
            throw forbidden(caller.isTrusted() ? RESTRICTED : NOT_AUTHORIZED);
        }
    }

    /** Lets those pass who may write to, and see everything of, a project. */
    public static void mustUse(Caller caller, Scope scope) {
        mustBeTrusted(caller);
        if (!scope.isOpenTo(caller)) {
            throw forbidden(RESTRICTED);
        }
    }

    /** A refusal with status 403. */
    public static RefusedException forbidden(String text) {
        return new RefusedException(Refused.forbidden(text));
    }

    /** The caller as events name it. */
    public static Requestor requestor(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        return new Requestor(caller.username(), caller.protocol(), caller.address());
    }
}
