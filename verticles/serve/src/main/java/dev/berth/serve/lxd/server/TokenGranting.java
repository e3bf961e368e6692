package dev.berth.serve.lxd.server;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ReadSettings;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Issues trust tokens: the answer is an operation that waits for the token's use (rest-api 2.3). */
final class TokenGranting {
    private static final String EXPIRY = "core.remote_token_expiry";

    private final LxdTools tools;
    private final Addresses addresses;

    TokenGranting(LxdTools tools) {
        this.tools = tools;
        this.addresses = new Addresses(tools.edge().conf().listen());
    }

    Future<Void> grant(RoutingContext ctx, NewCertificate wanted) {
        return tools.bus()
                .ask(CatalogContract.READ_SETTINGS, new ReadSettings())
                .compose(settings -> tools.bus()
                        .require(TrustContract.GRANT_TOKEN, question(ctx, wanted, settings)))
                .compose(granted -> Reply.accepted(ctx, granted.operation()));
    }

    private GrantToken question(RoutingContext ctx, NewCertificate wanted, Settings settings) {
        return new GrantToken(
                Purpose.ADD_CERTIFICATE,
                Scope.DEFAULT_PROJECT,
                null,
                life(settings.values().get(EXPIRY)),
                metadata(ctx, wanted),
                Access.requestor(ctx));
    }

    private long life(String expiry) {
        try {
            return TokenLife.seconds(expiry, tools.edge().clock().instant());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refused.invalid(EXPIRY + ": " + e.getMessage()));
        }
    }

    /** What the client builds the token text from. */
    private Map<String, Object> metadata(RoutingContext ctx, NewCertificate wanted) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("fingerprint", tools.edge().identity().certificateFingerprint());
        metadata.put("addresses", addresses.now(ctx.request().localAddress()));
        metadata.put("request", wanted.echo());
        return metadata;
    }
}
