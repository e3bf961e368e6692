package dev.berth.serve.lxd.server;

import dev.berth.contract.OperationsContract.Operation;
import dev.berth.lxd.OperationDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The list of operations as clients expect it: grouped by state, not a plain array (rest-api 4.2). */
final class OperationsByStatus {
    private OperationsByStatus() {}

    /** State in lower case to documents ({@code recursive}) or URLs; a state without operations does not appear. */
    static Map<String, List<Object>> of(List<Operation> operations, boolean recursive) {
        Map<String, List<Object>> groups = new TreeMap<>();
        for (Operation operation : operations) {
            String status = operation.status().wireName().toLowerCase(Locale.ROOT);
            groups.computeIfAbsent(status, s -> new ArrayList<>())
                    .add(recursive ? OperationDocument.of(operation) : "/1.0/operations/" + operation.id());
        }
        return groups;
    }
}
