package dev.berth.trust;

import dev.berth.contract.PathPrefix;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract.Access;
import dev.berth.contract.TrustContract.AddAccess;
import dev.berth.kit.bus.RefusedException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Which tokens for reading there may be, and what one is good for. */
final class AccessRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");
    private static final long LONGEST_SECONDS = 100L * 365 * 24 * 3600;
    private static final int MOST_PATHS = 100;

    private AccessRules() {}

    /**
     * @param most how many tokens there may be
     * @throws RefusedException with the reason when it may not be
     */
    static KeptAccess adding(TrustSnapshot known, AddAccess ask, String token, int most, Instant now) {
        expect(
                NAME.matcher(ask.name()).matches(),
                "an access token's name has 1 to 63 letters, digits, dots, underscores and dashes, got \"" + ask.name()
                        + "\"");
        expect(
                !ask.paths().isEmpty() && ask.paths().size() <= MOST_PATHS,
                "an access token opens 1 to " + MOST_PATHS + " paths, got " + ask.paths().size());
        expect(
                ask.lifetimeSeconds() >= 0 && ask.lifetimeSeconds() <= LONGEST_SECONDS,
                "an access token lives from now on and for at most 100 years, got " + ask.lifetimeSeconds() + " seconds");
        if (known.access(ask.name()).isPresent()) {
            throw new RefusedException(Refused.conflict("there is an access token \"" + ask.name() + "\" already"));
        }
        if (known.accesses().size() >= most) {
            throw new RefusedException(Refused.full("there are " + most + " access tokens already; remove one first"));
        }
        return new KeptAccess(Secrets.digest(token), access(ask, now.truncatedTo(ChronoUnit.MILLIS)));
    }

    /** @throws RefusedException when the token is unknown or expired */
    static Access recognised(TrustSnapshot known, String token, Instant now) {
        KeptAccess kept = known.accessByDigest(Secrets.digest(token))
                .orElseThrow(() -> new RefusedException(Refused.forbidden("the access token is not known here")));
        if (kept.isExpired(now)) {
            throw new RefusedException(
                    Refused.forbidden("the access token expired at " + kept.access().expiresAt()));
        }
        return kept.access();
    }

    private static Access access(AddAccess ask, Instant now) {
        Instant expiresAt = ask.lifetimeSeconds() == 0 ? null : now.plusSeconds(ask.lifetimeSeconds());
        List<PathPrefix> paths =
                ask.paths().stream().distinct().sorted(Comparator.comparing(PathPrefix::text)).toList();
        return new Access(ask.name(), paths, now, expiresAt);
    }

    private static void expect(boolean good, String otherwise) {
        if (!good) {
            throw new RefusedException(Refused.invalid(otherwise));
        }
    }
}
