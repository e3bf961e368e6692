package dev.berth.trust;

import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract.Purpose;
import java.time.Instant;
import java.util.Map;

/**
 * A granted secret. Its text leaves the secret out.
 *
 * @param operation id of the operation that shows it
 * @param project where it is valid
 * @param fingerprint the image it is good for; null for certificates
 * @param metadata as granted
 * @param grantedAt to the millisecond, as all times here
 * @param expiresAt null for never
 * @param usedAt the first use, or null
 * @param requestor who asked for it
 */
record Token(
        String operation,
        Purpose purpose,
        String project,
        String fingerprint,
        String secret,
        Map<String, Object> metadata,
        Instant grantedAt,
        Instant expiresAt,
        Instant usedAt,
        Requestor requestor) {

    boolean isForImage() {
        return purpose != Purpose.ADD_CERTIFICATE;
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Never used and not too late. */
    boolean isWaiting(Instant now) {
        return usedAt == null && !isExpired(now);
    }

    Token used(Instant now) {
        return new Token(
                operation, purpose, project, fingerprint, secret, metadata, grantedAt, expiresAt, now, requestor);
    }

    @Override
    public String toString() {
        return "Token[operation=" + operation + ", purpose=" + purpose + ", project=" + project + "]";
    }
}
