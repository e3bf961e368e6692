package dev.berth.intake;

import dev.berth.contract.HashContract.Digests;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.format.Inspection;
import java.util.List;
import java.util.Map;

/**
 * What is known once all bytes are in staging.
 *
 * @param staged one per file, in fingerprint order
 * @param digests of the files and the whole
 * @param inspection what the first file's archive says, or null when it has to be read from its staging file
 * @param rootfs what was seen of the second file, or null for a unified image
 */
record Receipt(List<Staged> staged, Digests digests, Inspection inspection, Rootfs rootfs) {

    /**
     * @param extension by its magic, empty when unknown
     * @param labels what its sender called it
     */
    record Rootfs(String extension, Map<String, String> labels) {}

    boolean needsFile() {
        return inspection == null;
    }

    Receipt withInspection(Inspection seen) {
        return new Receipt(staged, digests, seen, rootfs);
    }
}
