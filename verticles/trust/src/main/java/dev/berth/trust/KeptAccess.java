package dev.berth.trust;

import dev.berth.contract.TrustContract.Access;
import java.time.Instant;

/**
 * A token for reading as it is kept.
 *
 * @param digest SHA-256 of the token, hex
 */
record KeptAccess(String digest, Access access) {
    boolean isExpired(Instant now) {
        return access.expiresAt() != null && !now.isBefore(access.expiresAt());
    }
}
