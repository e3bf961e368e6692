package dev.berth.kit.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What the owner of a key says about it and its subkeys, in signatures that are verified: what they are for and when they
 * end. A subkey that somebody else hung onto the key counts for nothing. A revocation counts whoever made it.
 */
final class CertifiedKeys {
    private final PGPPublicKey master;

    private CertifiedKeys(PGPPublicKey master) {
        this.master = master;
    }

    /** The keys that may sign data; none when the owner's signature is missing. */
    static List<TrustedKey> of(PGPPublicKeyRing ring) {
        CertifiedKeys owner = new CertifiedKeys(ring.getPublicKey());
        Optional<PGPSignature> self = owner.selfSignature();
        return self.isEmpty() ? List.of() : owner.keys(ring, self.get().getHashedSubPackets());
    }

    private List<TrustedKey> keys(PGPPublicKeyRing ring, PGPSignatureSubpacketVector said) {
        List<TrustedKey> keys = new ArrayList<>();
        TrustedKey own = new TrustedKey(master, end(master, said), master.hasRevocation());
        if (said.getKeyFlags() == 0 || maySign(said)) {
            keys.add(own);
        }
        ring.getPublicKeys().forEachRemaining(key -> {
            if (!key.isMasterKey()) {
                binding(key).ifPresent(binding -> keys.add(subkey(own, key, binding.getHashedSubPackets())));
            }
        });
        return keys;
    }

    private static TrustedKey subkey(TrustedKey own, PGPPublicKey key, PGPSignatureSubpacketVector said) {
        return new TrustedKey(key, earlier(own.expires(), end(key, said)), own.revoked() || key.hasRevocation());
    }

    private Optional<PGPSignature> selfSignature() {
        List<PGPSignature> valid = new ArrayList<>();
        master.getRawUserIDs().forEachRemaining(userId -> collect(
                master.getSignaturesForID(userId), valid, signature -> signature.verifyCertification(userId, master)));
        collect(master.getSignaturesOfType(PGPSignature.DIRECT_KEY), valid, signature -> signature.verifyCertification(master));
        return newest(valid);
    }

    /** Both sides must have signed: the owner that the subkey is his and signs, the subkey that it belongs to him. */
    private Optional<PGPSignature> binding(PGPPublicKey key) {
        List<PGPSignature> valid = new ArrayList<>();
        collect(key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING), valid,
                signature -> signature.verifyCertification(master, key));
        return newest(valid).filter(binding -> maySign(binding.getHashedSubPackets()) && isAccepted(key, binding));
    }

    private boolean isAccepted(PGPPublicKey key, PGPSignature binding) {
        return isAccepted(key, binding.getHashedSubPackets()) || isAccepted(key, binding.getUnhashedSubPackets());
    }

    private boolean isAccepted(PGPPublicKey key, PGPSignatureSubpacketVector said) {
        try {
            PGPSignatureList embedded = said.getEmbeddedSignatures();
            for (PGPSignature back : embedded) {
                if (back.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                        && holds(back, key, signature -> signature.verifyCertification(master, key))) {
                    return true;
                }
            }
            return false;
        } catch (PGPException | RuntimeException e) {
            return false;
        }
    }

    private interface Proof {
        boolean holds(PGPSignature signature) throws PGPException;
    }

    private void collect(Iterator<PGPSignature> signatures, List<PGPSignature> valid, Proof proof) {
        while (signatures != null && signatures.hasNext()) {
            PGPSignature signature = signatures.next();
            boolean states = signature.isCertification() || signature.getSignatureType() == PGPSignature.DIRECT_KEY
                    || signature.getSignatureType() == PGPSignature.SUBKEY_BINDING;
            if (states && holds(signature, master, proof)) {
                valid.add(signature);
            }
        }
    }

    private static boolean holds(PGPSignature signature, PGPPublicKey by, Proof proof) {
        try {
            if (signature.getKeyID() != by.getKeyID() || signature.getHashedSubPackets() == null) {
                return false;
            }
            signature.init(new BcPGPContentVerifierBuilderProvider(), by);
            return proof.holds(signature);
        } catch (PGPException | RuntimeException unknownKind) {
            return false;
        }
    }

    private static Optional<PGPSignature> newest(List<PGPSignature> signatures) {
        return signatures.stream().max(Comparator.comparing(PGPSignature::getCreationTime));
    }

    private static boolean maySign(PGPSignatureSubpacketVector said) {
        return (said.getKeyFlags() & KeyFlags.SIGN_DATA) != 0;
    }

    private static Instant end(PGPPublicKey key, PGPSignatureSubpacketVector said) {
        long seconds = said.getKeyExpirationTime();
        return seconds == 0 ? null : key.getCreationTime().toInstant().plusSeconds(seconds);
    }

    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
