package dev.berth.serve.lxd.server;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads certificates as clients send them: base64 of the DER form, with or without line breaks, or whole PEM. */
final class GivenCertificate {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", Pattern.DOTALL);

    private GivenCertificate() {}

    /**
     * The certificate in {@code text}.
     *
     * @throws RefusedException when there is none
     */
    static X509Certificate read(String text) {
        Matcher pem = PEM.matcher(text);
        byte[] der = decoded(pem.find() ? pem.group(1) : text);
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw refused("expected an X.509 certificate");
        }
    }

    /** The common name of the subject, or {@code otherwise}. */
    static String nameOf(X509Certificate certificate, String otherwise) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .filter(name -> !name.isEmpty())
                            .findFirst()
                            .orElse(otherwise);
        } catch (InvalidNameException e) {
            return otherwise;
        }
    }

    /** The DER form. */
    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw refused("it cannot be written as DER");
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip().replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw refused("expected base64 of the DER form");
        }
    }

    private static RefusedException refused(String text) {
        return new RefusedException(Refused.invalid("invalid certificate material: " + text));
    }
}
