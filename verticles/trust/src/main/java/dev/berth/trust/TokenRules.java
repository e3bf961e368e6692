package dev.berth.trust;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.UnaryOperator;

/** When a secret is good: for one purpose, in one project, for one image, once; and an image's for a moment more (rest-api 2.3, 3.6, 3.7). */
final class TokenRules {
    /** Not a client's typing error: beyond it instants cannot be told in milliseconds any more. */
    private static final long LONGEST_LIFETIME_SECONDS = 100L * 365 * 24 * 3600;

    private final TrustConf conf;

    TokenRules(TrustConf conf) {
        this.conf = conf;
    }

    /** What a use of a secret comes to. */
    enum Verdict {
        /** Good, and now used up. */
        FIRST_USE,
        /** Used before, but a moment ago. */
        WITHIN_GRACE,
        EXPIRED,
        WORTHLESS
    }

    /** The token that was asked for, with a fresh secret. */
    Token grant(GrantToken asked, String operation, Instant now) {
        Instant grantedAt = now.truncatedTo(ChronoUnit.MILLIS);
        return new Token(
                operation,
                asked.purpose(),
                asked.project() == null ? TrustSnapshot.DEFAULT : asked.project(),
                asked.fingerprint() == null ? null : asked.fingerprint().hex(),
                Secrets.fresh(),
                asked.metadata() == null ? Map.of() : asked.metadata(),
                grantedAt,
                expiry(grantedAt, asked.lifetimeSeconds()),
                null,
                asked.requestor());
    }

    /**
     * @param token the token with this secret
     * @param imageProject the project whose images a project shows
     */
    Verdict judge(Token token, RedeemToken use, UnaryOperator<String> imageProject, Instant now) {
        if (!isFor(token, use, imageProject)) {
            return Verdict.WORTHLESS;
        }
        if (token.usedAt() != null) {
            return isWithinGrace(token, now) ? Verdict.WITHIN_GRACE : Verdict.WORTHLESS;
        }
        return token.isExpired(now) ? Verdict.EXPIRED : Verdict.FIRST_USE;
    }

    /** Whether a used token is still good for more uses. */
    boolean isWithinGrace(Token token, Instant now) {
        return token.isForImage() && now.isBefore(token.usedAt().plus(conf.secretGrace()));
    }

    /** Whether nothing will ever be asked about this token that needs it. */
    boolean isForgettable(Token token, Instant now) {
        return token.usedAt() != null
                ? !isWithinGrace(token, now)
                : token.expiresAt() != null && !now.isBefore(token.expiresAt().plus(conf.expiredKept()));
    }

    /**
     * Whether a token goes when there are too many. Every {@code lxc launch} asks for a secret, and a daemon that has the
     * image already never uses it, so most that wait for long wait for nobody.
     */
    boolean isDroppable(Token token, Instant now) {
        return token.purpose() == Purpose.DOWNLOAD_IMAGE && token.isWaiting(now);
    }

    /** LXD's text; image secrets that are no good say nothing about why. */
    static Refused refusal(Purpose purpose, Verdict verdict) {
        if (purpose != Purpose.ADD_CERTIFICATE) {
            return Refused.forbidden("not authorized");
        }
        return Refused.forbidden(
                verdict == Verdict.EXPIRED ? "Token has expired" : "No matching certificate add operation found");
    }

    private static boolean isFor(Token token, RedeemToken use, UnaryOperator<String> imageProject) {
        boolean project = use.project() == null
                || imageProject.apply(use.project()).equals(imageProject.apply(token.project()));
        boolean image = use.fingerprint() == null || use.fingerprint().hex().equals(token.fingerprint());
        return token.purpose() == use.purpose() && project && image;
    }

    private static Instant expiry(Instant grantedAt, long lifetimeSeconds) {
        return lifetimeSeconds <= 0 ? null : grantedAt.plusSeconds(Math.min(lifetimeSeconds, LONGEST_LIFETIME_SECONDS));
    }
}
