package dev.berth.trust;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows tokens as operations: running while they wait, cancelled when they were used or are void (rest-api 2.3, 3.6). */
final class TokenOperations {
    private static final Logger LOG = LoggerFactory.getLogger(TokenOperations.class);

    private final Bus bus;

    TokenOperations(Bus bus) {
        this.bus = bus;
    }

    /** Showing one that is shown already changes nothing. */
    Future<Operation> show(Token token) {
        return bus.ask(OperationsContract.START, new Start(
                token.operation(),
                Kind.TOKEN,
                description(token),
                token.project(),
                resources(token),
                metadata(token),
                true,
                null,
                token.requestor()));
    }

    /** The operation is only a picture of the token: when it cannot be ended, the token is void all the same. */
    Future<Void> end(Token token) {
        Finish finish = new Finish(token.operation(), Status.CANCELLED, token.metadata(), "", null);
        return bus.ask(OperationsContract.FINISH, finish)
                .onFailure(cause -> LOG.warn("the operation of {} still shows: {}", token, cause.getMessage()))
                .transform(ended -> Future.succeededFuture());
    }

    /** As granted, and what clients look for: the secret, the image it is good for, and until when. */
    private static Map<String, Object> metadata(Token token) {
        Map<String, Object> metadata = new LinkedHashMap<>(token.metadata());
        metadata.put("secret", token.secret());
        if (token.isForImage()) {
            metadata.put("fingerprint", token.fingerprint());
        }
        if (token.expiresAt() != null) {
            metadata.put("expiresAt", LxdJson.time(token.expiresAt()));
        }
        return metadata;
    }

    private static Map<String, List<String>> resources(Token token) {
        return token.isForImage() ? Map.of("images", List.of(image(token))) : null;
    }

    static String image(Token token) {
        return "/1.0/images/" + token.fingerprint();
    }

    private static String description(Token token) {
        return switch (token.purpose()) {
            case ADD_CERTIFICATE -> "Certificate add token";
            case DOWNLOAD_IMAGE -> "Image download token";
            case UPLOAD_IMAGE -> "Image upload token";
        };
    }
}
