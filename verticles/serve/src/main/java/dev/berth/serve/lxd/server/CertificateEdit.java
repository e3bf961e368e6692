package dev.berth.serve.lxd.server;

import dev.berth.contract.TrustContract.Certificate;
import dev.berth.serve.lxd.JsonFields;
import java.util.List;

/**
 * What a client wants a certificate entry to become; null fields stay as they are.
 *
 * @param der the new certificate in DER form, or null to keep it
 */
record CertificateEdit(
        String name, String type, Boolean restricted, List<String> projects, byte[] der, String description) {

    /** @param replace true for PUT: what is missing becomes empty, but the name, type and certificate stay */
    static CertificateEdit read(JsonFields body, boolean replace) {
        return new CertificateEdit(
                body.text("name"),
                body.text("type"),
                replace ? Boolean.valueOf(body.isSet("restricted")) : body.flag("restricted"),
                replace ? orEmpty(body.texts("projects")) : body.texts("projects"),
                der(body.textOrEmpty("certificate")),
                replace ? body.textOrEmpty("description") : body.text("description"));
    }

    /** True when everything but the certificate stays as it is: what restricted clients may do with their own. */
    boolean changesOnlyTheCertificate(Certificate present) {
        return isSame(name, present.name())
                && isSame(type, present.type())
                && isSame(restricted, present.restricted())
                && isSame(projects, present.projects())
                && isSame(description, present.description() == null ? "" : present.description());
    }

    /** This edit without the rest, so that it cannot put back what an administrator changes at the same moment. */
    CertificateEdit ofTheCertificate() {
        return new CertificateEdit(null, null, null, null, der, null);
    }

    private static boolean isSame(Object wanted, Object present) {
        return wanted == null || wanted.equals(present);
    }

    private static List<String> orEmpty(List<String> texts) {
        return texts == null ? List.of() : texts;
    }

    private static byte[] der(String text) {
        return text.isEmpty() ? null : GivenCertificate.encoded(GivenCertificate.read(text));
    }
}
