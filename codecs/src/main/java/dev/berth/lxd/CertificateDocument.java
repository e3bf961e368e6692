package dev.berth.lxd;

import dev.berth.contract.TrustContract.Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A trusted certificate as clients read it (rest-api 2.1). */
public final class CertificateDocument {
    private static final String PATH = "/1.0/certificates/";

    private CertificateDocument() {}

    /** Where a certificate is found. */
    public static String url(String fingerprint) {
        return PATH + fingerprint;
    }

    /** The document as JSON. */
    public static byte[] bytes(Certificate certificate) {
        return LxdJson.bytes(of(certificate));
    }

    /** What {@code GET /1.0/certificates} lists: whole documents or URLs. */
    public static byte[] list(List<Certificate> certificates, boolean recursive) {
        return LxdJson.bytes(certificates.stream()
                .map(certificate -> recursive ? of(certificate) : url(certificate.fingerprint()))
                .toList());
    }

    private static Map<String, Object> of(Certificate certificate) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", certificate.name());
        document.put("type", certificate.type());
        document.put("restricted", certificate.restricted());
        document.put("projects", certificate.projects());
        document.put("certificate", certificate.pem());
        document.put("description", certificate.description());
        document.put("fingerprint", certificate.fingerprint());
        return document;
    }
}
