package dev.berth.fetch.streams;

import dev.berth.contract.Refused.Reason;
import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.FetchMeters;
import dev.berth.kit.openpgp.Keyring;
import dev.berth.kit.openpgp.SignatureRefused;
import dev.berth.kit.openpgp.Verified;
import dev.berth.simplestreams.ReadLimits;
import dev.berth.simplestreams.StreamFormatException;
import dev.berth.simplestreams.StreamHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A document must be signed by a key of a keyring, be the one that was asked for, and not be signed before another
 * one of the same place that was accepted (formats 3.7). What is kept is what was signed, without the frame.
 *
 * @param format that it must say it has
 * @param contentIds one of which it must say it has; empty when it has none
 */
record SignedProof(Keyring keyring, FetchMeters meters, String format, Set<String> contentIds) implements Proof {
    private static final String INDEX = "index:1.0";
    private static final String PRODUCTS = "products:1.0";

    static SignedProof ofIndex(Keyring keyring, FetchMeters meters) {
        return new SignedProof(keyring, meters, INDEX, Set.of());
    }

    /** @param contentIds under which an index lists the file */
    static SignedProof ofProducts(Keyring keyring, FetchMeters meters, Set<String> contentIds) {
        return new SignedProof(keyring, meters, PRODUCTS, contentIds);
    }

    @Override
    public String by() {
        return keyring.digest() + format + contentIds;
    }

    @Override
    public void prove(Location from, Path part, Path memory) throws IOException {
        Verified verified = verified(from, part);
        mustBeTheRightOne(from, verified.text());
        Accepted last = Accepted.read(memory);
        Accepted now = Accepted.of(verified.signedAt(), verified.text());
        if (now.isBefore(last)) {
            meters.signature("rolled-back");
            throw refused(from, "expected one signed at " + last.signed() + " or later, got one signed at " + now.signed());
        }
        Files.write(part, verified.text());
        now.after(last).write(memory);
        meters.signature("good");
    }

    @Override
    public FetchFailure missing(FetchFailure answer) {
        if (answer.refused().reason() != Reason.NOT_FOUND) {
            return answer;
        }
        meters.signature("missing");
        return FetchFailure.lasting(Reason.NOT_FOUND, answer.getMessage() + "; a signature by " + keyring.name()
                + " is expected, so the unsigned document is not used");
    }

    private Verified verified(Location from, Path part) throws IOException {
        try {
            return keyring.verifyClearSigned(Files.readAllBytes(part));
        } catch (SignatureRefused e) {
            throw wrong(from, e.getMessage());
        }
    }

    /** A good signature under another document of the same signer proves nothing about this one. */
    private void mustBeTheRightOne(Location from, byte[] text) throws IOException {
        StreamHead head;
        try {
            head = StreamHead.read(new ByteArrayInputStream(text), ReadLimits.DEFAULTS);
        } catch (StreamFormatException e) {
            throw wrong(from, e.getMessage());
        }
        if (!head.format().equals(format)) {
            throw wrong(from, "expected a document of format " + format + ", got \"" + head.format() + "\"");
        }
        if (!contentIds.isEmpty() && !contentIds.contains(head.contentId())) {
            throw wrong(from, "expected the products of " + String.join(" or ", contentIds) + ", got those of \""
                    + head.contentId() + "\"");
        }
    }

    private FetchFailure wrong(Location from, String why) {
        meters.signature("wrong");
        return refused(from, why);
    }

    private static FetchFailure refused(Location from, String why) {
        return FetchFailure.invalid(from + " is refused: " + why);
    }
}
