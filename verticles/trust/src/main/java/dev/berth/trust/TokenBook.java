package dev.berth.trust;

import dev.berth.contract.TrustContract.Purpose;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The tokens in memory: what is on disk, as of the last commit. On the verticle's event loop. */
final class TokenBook {
    /** In the order in which they were granted, as the table tells them too. */
    private final Map<String, Token> byDigest = new LinkedHashMap<>();
    private final Map<String, String> digests = new HashMap<>();
    private final Map<Purpose, Integer> counts = new EnumMap<>(Purpose.class);

    /** O(1). */
    int count(Purpose purpose) {
        return counts.getOrDefault(purpose, 0);
    }

    /** The first granted of those that are like this, {@code most} at most; looks no further than for these. */
    List<Token> oldest(Predicate<Token> which, long most) {
        return byDigest.values().stream().filter(which).limit(most).toList();
    }

    void put(Token token) {
        String digest = Secrets.digest(token.secret());
        if (byDigest.put(digest, token) == null) {
            counts.merge(token.purpose(), 1, Integer::sum);
        }
        digests.put(token.operation(), digest);
    }

    void remove(Token token) {
        digests.remove(token.operation());
        if (byDigest.remove(Secrets.digest(token.secret())) != null) {
            counts.merge(token.purpose(), -1, Integer::sum);
        }
    }

    /** O(1), and it takes the same time however near a guess is. */
    Optional<Token> bySecret(String secret) {
        return Optional.ofNullable(byDigest.get(Secrets.digest(secret)))
                .filter(token -> Secrets.areEqual(token.secret(), secret));
    }

    Optional<Token> byOperation(String operation) {
        return Optional.ofNullable(digests.get(operation)).map(byDigest::get);
    }

    List<Token> all(Predicate<Token> which) {
        return byDigest.values().stream().filter(which).toList();
    }
}
