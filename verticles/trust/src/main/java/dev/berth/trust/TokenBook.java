package dev.berth.trust;

import dev.berth.contract.TrustContract.Purpose;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The tokens in memory: what is on disk, as of the last commit. On the verticle's event loop. */
final class TokenBook {
    private final Map<String, Token> byDigest = new HashMap<>();
    private final Map<String, String> digests = new HashMap<>();

    int count(Purpose purpose) {
        return (int) byDigest.values().stream().filter(token -> token.purpose() == purpose).count();
    }

    /** The first granted of those that are like this, {@code most} at most. */
    List<Token> oldest(Predicate<Token> which, long most) {
        return byDigest.values().stream()
                .filter(which)
                .sorted(Comparator.comparing(Token::grantedAt))
                .limit(most)
                .toList();
    }

    void put(Token token) {
        String digest = Secrets.digest(token.secret());
        byDigest.put(digest, token);
        digests.put(token.operation(), digest);
    }

    void remove(Token token) {
        digests.remove(token.operation());
        byDigest.remove(Secrets.digest(token.secret()));
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
