package dev.berth.serve.lxd;

import dev.berth.contract.OperationsContract.Operation;
import dev.berth.lxd.Envelope;
import dev.berth.lxd.OperationDocument;
import dev.berth.serve.edge.JsonReply;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/** The few shapes of answers that are not refusals (rest-api 5.1). */
public final class Reply {
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private Reply() {}

    /** 200 with a document. */
    public static Future<Void> sync(RoutingContext ctx, byte[] document) {
        return JsonReply.ok(Envelope.sync(document)).send(ctx);
    }

    /** 200 with a document that can be edited. */
    public static Future<Void> sync(RoutingContext ctx, byte[] document, String etag) {
        return JsonReply.ok(Envelope.sync(document)).withEtag(etag).send(ctx);
    }

    /** 200 for a write without a result. */
    public static Future<Void> done(RoutingContext ctx) {
        return JsonReply.ok(Envelope.sync()).send(ctx);
    }

    /** 201 for a new thing at {@code location}. */
    public static Future<Void> created(RoutingContext ctx, String location) {
        ctx.response().putHeader("Location", location);
        return JsonReply.of(CREATED, Envelope.sync(NULL)).send(ctx);
    }

    /** 202 for long work, or a token that waits for its use. */
    public static Future<Void> accepted(RoutingContext ctx, Operation operation) {
        ctx.response().putHeader("Location", location(operation));
        return JsonReply.of(ACCEPTED, document(operation)).send(ctx);
    }

    /** The body of the answer 202. */
    public static byte[] document(Operation operation) {
        return Envelope.async(operation.id(), OperationDocument.bytes(operation));
    }

    /** Where clients find an operation; other projects than default are named in it. */
    public static String location(Operation operation) {
        String project = operation.project() == null ? Scope.DEFAULT_PROJECT : operation.project();
        return new Scope(project, project).url("/1.0/operations/" + operation.id());
    }
}
