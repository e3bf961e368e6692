package dev.berth.serve.edge;

import dev.berth.kit.disk.PrivateFiles;
import dev.berth.kit.host.HostName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an identity is kept.
 *
 * <pre>
 * keys/server.key    private key, PKCS#8 PEM
 * keys/server.crt    certificate, PEM
 * keys/server.name   the name other deployments tell this one by
 * </pre>
 */
final class IdentityFiles {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityFiles.class);
    private static final byte[] PROBE = "which key signed this".getBytes(StandardCharsets.US_ASCII);

    private final ServeConf conf;
    private final Path ownCertificate;
    private final Path ownKey;
    private final Path name;

    IdentityFiles(ServeConf conf) {
        this.conf = conf;
        this.ownCertificate = conf.keysFolder().resolve("server.crt");
        this.ownKey = conf.keysFolder().resolve("server.key");
        this.name = conf.keysFolder().resolve("server.name");
    }

    ServerIdentity loadOrCreate() throws IOException, GeneralSecurityException {
        PrivateFiles.makeFolder(conf.keysFolder());
        String serverName = serverName();
        if (conf.certificate() != null) {
            return read(conf.certificate(), conf.key(), serverName);
        }
        if (!Files.exists(ownCertificate) || !Files.exists(ownKey)) {
            create();
        }
        return read(ownCertificate, ownKey, serverName);
    }

    private String serverName() throws IOException {
        if (!Files.exists(name)) {
            PrivateFiles.write(name, HostName.own() + "-" + UUID.randomUUID() + "\n");
        }
        return Files.readString(name).strip();
    }

    private void create() throws IOException, GeneralSecurityException {
        SelfSignedCertificate made = SelfSignedCertificate.make(HostName.own(), conf.listen().host());
        PrivateFiles.write(ownKey, Pem.text("PRIVATE KEY", made.privateKey().getEncoded()));
        PrivateFiles.write(ownCertificate, Pem.text("CERTIFICATE", made.certificate().getEncoded()));
        LOG.info("made a certificate of our own: {}", ownCertificate);
    }

    private static ServerIdentity read(Path certificate, Path key, String serverName)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = Pem.certificates(certificate);
        PrivateKey privateKey = Pem.privateKey(key);
        X509Certificate leaf = chain.get(0);
        if (!isPair(leaf, privateKey)) {
            throw new GeneralSecurityException(key + " is not the key of " + certificate);
        }
        String pem = Pem.text("CERTIFICATE", leaf.getEncoded());
        return new ServerIdentity(pem, Fingerprints.of(leaf), leaf, privateKey, serverName, chain);
    }

    private static boolean isPair(X509Certificate leaf, PrivateKey key) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : signatureOf(key);
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(PROBE);
        byte[] signed = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        try {
            verifier.initVerify(leaf.getPublicKey());
            verifier.update(PROBE);
            return verifier.verify(signed);
        } catch (GeneralSecurityException otherKindOfKey) {
            return false;
        }
    }

    private static String signatureOf(PrivateKey key) {
        return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
    }
}
