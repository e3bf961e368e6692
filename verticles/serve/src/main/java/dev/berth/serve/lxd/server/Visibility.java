package dev.berth.serve.lxd.server;

import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.image.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Who may know of an operation: its document may carry a secret (rest-api 2.6, 4.5). */
final class Visibility {
    private Visibility() {}

    /** Administrators see all; others what happens in their projects, but no tokens. */
    static boolean of(Operation operation, Caller caller) {
        return caller.isAdmin() || caller.mayUse(operation.project()) && operation.kind() != Kind.TOKEN;
    }

    /** True when the secret is the one that lets strangers wait for this operation. Takes the same time either way. */
    static boolean opens(String secret, Operation operation) {
        String right = operation.secret();
        return right != null && !right.isEmpty() && MessageDigest.isEqual(bytes(secret), bytes(right));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
