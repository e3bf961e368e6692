package dev.berth.trust;

import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract.AddCertificate;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.EditCertificate;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.CertificateDocument;
import java.time.Instant;
import java.util.List;

/** Which certificates may be trusted, and as what (rest-api 2.2). Throws {@link RefusedException} for the others. */
final class CertificateRules {
    static final String CLIENT = "client";
    static final String METRICS = "metrics";

    private static final int LONGEST_NAME = 255;

    private CertificateRules() {}

    /** The entry to add. */
    static Certificate adding(TrustSnapshot known, AddCertificate asked, Instant now) {
        PresentedCertificate presented = PresentedCertificate.read(asked.der());
        presented.checkGood(now);
        checkNew(known, presented.fingerprint());
        return checked(known, new Certificate(
                presented.fingerprint(),
                name(asked.name(), presented, asked.requestor()),
                orElse(asked.type(), CLIENT),
                asked.restricted(),
                orElse(asked.projects(), List.of()),
                presented.pem(),
                orElse(asked.description(), "")));
    }

    /** The entry as it shall be; another certificate gives it another fingerprint. */
    static Certificate editing(TrustSnapshot known, EditCertificate asked, Instant now) {
        Certificate before = known.certificate(asked.fingerprint())
                .orElseThrow(() -> new RefusedException(Refused.notFound("Certificate not found")));
        Seen.mustBe(before, asked.seen(), CertificateDocument::bytes);
        boolean restricted = orElse(asked.restricted(), before.restricted());
        List<String> projects = restricted ? before.projects() : List.of();
        Certificate after = checked(known, new Certificate(
                before.fingerprint(),
                orElse(asked.name(), before.name()),
                orElse(asked.type(), before.type()),
                restricted,
                orElse(asked.projects(), projects),
                before.pem(),
                orElse(asked.description(), before.description())));
        return asked.der() == null ? after : replaced(known, after, asked.der(), now);
    }

    private static Certificate replaced(TrustSnapshot known, Certificate entry, byte[] der, Instant now) {
        PresentedCertificate presented = PresentedCertificate.read(der);
        if (presented.fingerprint().equals(entry.fingerprint())) {
            return entry;
        }
        presented.checkGood(now);
        checkNew(known, presented.fingerprint());
        return new Certificate(
                presented.fingerprint(),
                entry.name(),
                entry.type(),
                entry.restricted(),
                entry.projects(),
                presented.pem(),
                entry.description());
    }

    private static Certificate checked(TrustSnapshot known, Certificate entry) {
        refuse(isBadName(entry.name()), badName(entry.name()));
        refuse(
                !entry.type().equals(CLIENT) && !entry.type().equals(METRICS),
                "Invalid certificate type: expected client or metrics, got \"" + entry.type() + "\"");
        refuse(
                !entry.restricted() && !entry.projects().isEmpty(),
                "A certificate that is not restricted cannot be limited to projects");
        entry.projects().forEach(known::project);
        return entry;
    }

    private static void checkNew(TrustSnapshot known, String fingerprint) {
        if (known.certificate(fingerprint).isPresent()) {
            throw new RefusedException(Refused.conflict("Certificate already in trust store"));
        }
    }

    /** Its own name, else what it calls itself, else where it comes from. */
    private static String name(String asked, PresentedCertificate presented, Requestor requestor) {
        if (asked != null && !asked.isEmpty()) {
            return asked;
        }
        return presented.commonName().filter(name -> !isBadName(name)).orElseGet(() -> host(requestor.address()));
    }

    private static String host(String address) {
        int port = address.lastIndexOf(':');
        return port < 0 ? address : address.substring(0, port);
    }

    private static boolean isBadName(String name) {
        return name.startsWith("-")
                || name.contains("/")
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl);
    }

    private static String badName(String name) {
        return name.length() > LONGEST_NAME
                ? "Certificate names may have " + LONGEST_NAME + " characters at most, got " + name.length()
                : "Certificate names must not start with \"-\" nor contain \"/\" or control characters";
    }

    private static <T> T orElse(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static void refuse(boolean wrong, String text) {
        if (wrong) {
            throw new RefusedException(Refused.invalid(text));
        }
    }
}
