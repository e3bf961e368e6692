package dev.berth.lxd;

import dev.berth.contract.OperationsContract.Operation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An operation as clients read it: in 202 answers, in GET and wait answers, and in operation events (rest-api 4.1). */
public final class OperationDocument {
    private OperationDocument() {}

    /** The whole document; secrets appear only where the operation's own metadata shows them. */
    public static byte[] bytes(Operation operation) {
        return LxdJson.bytes(of(operation));
    }

    /** The same, for embedding in a larger document. Keys come in LXD's order. */
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
        return document;
    }
}
