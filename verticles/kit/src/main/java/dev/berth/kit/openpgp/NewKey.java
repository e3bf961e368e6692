package dev.berth.kit.openpgp;

import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;

/**
 * Makes a key for signing. Ed25519 in its older form, a version 4 key: GnuPG 2.2 knows no other. It has no pass phrase
 * (the file's mode protects it) and does not expire.
 */
final class NewKey {
    private NewKey() {}

    static PGPSecretKeyRing of(String userId, Instant now) {
        try {
            PGPKeyPair pair = new BcPGPKeyPairGeneratorProvider()
                    .get(PublicKeyPacket.VERSION_4, Date.from(now))
                    .generateLegacyEd25519KeyPair();
            return ring(pair, userId).generateSecretKeyRing();
        } catch (PGPException e) {
            throw new IllegalStateException("a key cannot be made: " + e.getMessage(), e);
        }
    }

    private static PGPKeyRingGenerator ring(PGPKeyPair pair, String userId) throws PGPException {
        PGPSignatureSubpacketGenerator said = new PGPSignatureSubpacketGenerator();
        said.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
        said.setPreferredHashAlgorithms(false, new int[] {HashAlgorithmTags.SHA512});
        said.setSignatureCreationTime(false, pair.getPublicKey().getCreationTime());
        said.setIssuerFingerprint(false, pair.getPublicKey());
        return new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION,
                pair,
                userId,
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                said.generate(),
                null,
                new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512),
                null);
    }
}
