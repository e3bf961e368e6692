package dev.berth.lxd;

import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.Requestor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An operation as clients see it: in the answer that started it, in {@code GET}, in the answer of {@code wait}, and in
 * every operation event alike (rest-api 4.1).
 */
public final class OperationDocument {
    private static final String PATH = "/1.0/operations/";

    private OperationDocument() {}

    /** Where an operation is found. */
    public static String url(String id) {
        return PATH + id;
    }

    /** The document as JSON. */
    public static byte[] bytes(Operation operation) {
        return LxdJson.bytes(of(operation));
    }

    /** The document as a map in wire order. */
    public static Map<String, Object> of(Operation operation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", operation.id());
        document.put("class", operation.kind().name().toLowerCase(Locale.ROOT));
        document.put("description", operation.description());
        document.put("created_at", LxdJson.time(operation.createdAt()));
        document.put("updated_at", LxdJson.time(operation.updatedAt()));
        document.put("status", operation.status().wireName());
        document.put("status_code", operation.status().code());
        document.put("resources", operation.resources());
        document.put("metadata", operation.metadata());
        document.put("may_cancel", operation.mayCancel());
        document.put("err", operation.error() == null ? "" : operation.error());
        document.put("location", "none");
        document.put("requestor", requestor(operation.requestor()));
        return document;
    }

    /**
     * True when the document carries a secret that only administrators may read (rest-api 4.5): tokens, and uploads that
     * a stranger may wait for (rest-api 3.6).
     */
    public static boolean isSecret(Operation operation) {
        return operation.kind() == Kind.TOKEN
                || operation.secret() != null
                || operation.metadata() != null && operation.metadata().containsKey("secret");
    }

    private static Map<String, String> requestor(Requestor requestor) {
        if (requestor == null) {
            return null;
        }
        Map<String, String> who = new LinkedHashMap<>();
        who.put("username", requestor.username());
        who.put("protocol", requestor.protocol());
        who.put("address", requestor.address());
        return who;
    }
}
