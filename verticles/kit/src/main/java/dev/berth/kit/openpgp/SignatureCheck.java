package dev.berth.kit.openpgp;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** Judges signatures by a list of keys. */
final class SignatureCheck {
    private static final int MOST_SIGNATURES = 8;
    private static final int MOST_NAMED = 5;
    /** Clocks differ; but who believes in next year refuses everything until then. */
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final Set<Integer> DIGESTS =
            Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);
    private static final Set<Integer> UNDERSTOOD = Set.of(
            SignatureSubpacketTags.CREATION_TIME,
            SignatureSubpacketTags.EXPIRE_TIME,
            SignatureSubpacketTags.ISSUER_KEY_ID,
            SignatureSubpacketTags.ISSUER_FINGERPRINT);

    private final String keyring;
    private final Map<Long, TrustedKey> keys;
    private final Clock clock;

    SignatureCheck(String keyring, List<TrustedKey> keys, Clock clock) {
        this.keyring = keyring;
        this.keys = keys.stream()
                .collect(Collectors.toMap(key -> key.key().getKeyID(), Function.identity(), (one, same) -> one));
        this.clock = clock;
    }

    /**
     * @param type of signature that is expected
     * @param content what was signed
     */
    Verified verify(byte[] signature, int type, Content content) throws SignatureRefused {
        List<PGPSignature> all = read(signature);
        for (PGPSignature one : all) {
            TrustedKey key = keys.get(one.getKeyID());
            if (key != null) {
                mustBeSound(one, key, type);
                mustFit(one, key, content);
                return new Verified(content.text(), one.getCreationTime().toInstant(), key.id());
            }
        }
        throw new SignatureRefused("expected a signature by " + named(keys.keySet()) + " of " + keyring
                + ", got one by key " + TrustedKey.id(all.get(0).getKeyID()));
    }

    private static List<PGPSignature> read(byte[] signature) throws SignatureRefused {
        List<PGPSignature> all = new ArrayList<>();
        try {
            BcPGPObjectFactory packets = new BcPGPObjectFactory(Armor.open(signature));
            Object next = packets.nextObject();
            while (next instanceof PGPSignatureList some && all.size() <= MOST_SIGNATURES) {
                some.forEach(all::add);
                next = packets.nextObject();
            }
        } catch (IOException | RuntimeException e) {
            throw new SignatureRefused("expected an OpenPGP signature, got something else: " + e.getMessage(), e);
        }
        if (all.isEmpty() || all.size() > MOST_SIGNATURES) {
            throw new SignatureRefused("expected 1 to " + MOST_SIGNATURES + " OpenPGP signatures, got "
                    + (all.isEmpty() ? "none" : "more"));
        }
        return all;
    }

    private void mustBeSound(PGPSignature signature, TrustedKey key, int type) throws SignatureRefused {
        Instant now = clock.instant();
        must(key.problem(now).isEmpty(), "expected a good key of " + keyring + ", but " + key.problem(now));
        must(signature.getSignatureType() == type,
                "expected a signature of kind " + type + ", got kind " + signature.getSignatureType());
        must(DIGESTS.contains(signature.getHashAlgorithm()),
                "expected a signature with SHA-256, SHA-384 or SHA-512, got digest number " + signature.getHashAlgorithm());
        PGPSignatureSubpacketVector said = signature.getHashedSubPackets();
        Date created = said == null ? null : said.getSignatureCreationTime();
        must(created != null, "expected a signature that says when it was made, got one that does not");
        for (int tag : said.getCriticalTags()) {
            must(UNDERSTOOD.contains(tag), "the signature has a critical condition that is not understood: " + tag);
        }
        mustBeInTime(created.toInstant(), said.getSignatureExpirationTime(), key, now);
    }

    private static void mustBeInTime(Instant signed, long seconds, TrustedKey key, Instant now) throws SignatureRefused {
        must(!signed.isAfter(now.plus(AHEAD)), "expected a signature made before now, " + now + ", got one of " + signed);
        must(!signed.isBefore(key.key().getCreationTime().toInstant()),
                "expected a signature that is younger than its key " + key.id() + ", got one of " + signed);
        must(seconds == 0 || now.isBefore(signed.plusSeconds(seconds)),
                "the signature of " + signed + " expired after " + seconds + " s");
    }

    private static void mustFit(PGPSignature signature, TrustedKey key, Content content) throws SignatureRefused {
        boolean fits;
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key.key());
            content.into(signature::update);
            fits = signature.verify();
        } catch (PGPException | RuntimeException e) {
            throw new SignatureRefused("the signature by key " + key.id() + " cannot be read: " + e.getMessage(), e);
        }
        must(fits, "expected what key " + key.id() + " signed, got other bytes: the signature is wrong");
    }

    private static void must(boolean holds, String orElse) throws SignatureRefused {
        if (!holds) {
            throw new SignatureRefused(orElse);
        }
    }

    private static String named(Set<Long> ids) {
        String some = ids.stream().limit(MOST_NAMED).map(TrustedKey::id).collect(Collectors.joining(" or "));
        return "key " + some + (ids.size() > MOST_NAMED ? " or " + (ids.size() - MOST_NAMED) + " more" : "");
    }
}
