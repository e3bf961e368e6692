package dev.berth.intake;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.IntakeContract.Obtain;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image somebody wants from another server: the brain of bringing. Source: rest-api 3.5.
 *
 * @param source where from; its protocol is never empty
 * @param name alias or fingerprint over there
 * @param type wanted type, or null
 * @param architecture wanted architecture, or null
 * @param project who will own the record
 * @param claims what the asker says about it
 * @param offer what the source offers, when the asker knows; else null
 */
record Wish(
        Source source,
        String name,
        ImageType type,
        Architecture architecture,
        String project,
        Claims claims,
        Offer offer) {
    private static final String DIRECT = "direct";
    /** Strangers see its public images. */
    private static final String PUBLIC_PROJECT = "default";

    static Wish of(Bring bring) {
        return new Wish(
                named(bring.source()),
                bring.name(),
                bring.type(),
                bring.architecture(),
                bring.project(),
                bring.claims(),
                null);
    }

    /** What an instance needs is kept privately, until nobody needs it (rest-api 6.2, 6.3). */
    static Wish of(Obtain obtain, Architecture architecture, boolean autoUpdate) {
        Claims claims = new Claims(
                null, false, autoUpdate, true, Map.of(), null, List.of(), null, null, null, obtain.requestor(), true);
        return new Wish(
                named(obtain.source()), obtain.name(), obtain.type(), architecture, obtain.project(), claims,
                obtain.offer());
    }

    private static Source named(Source source) {
        String protocol = source.protocol().isEmpty() ? "lxd" : source.protocol();
        return new Source(
                source.server(), protocol, source.certificate(), source.secret(), source.project(), source.ourselves());
    }

    /** What the other server is asked. */
    Resolve question() {
        return new Resolve(source, name, type, architecture);
    }

    boolean isNamedByFingerprint() {
        return Fingerprint.isWhole(name);
    }

    /** All there is to say about the image once its source described it, apart from aliases. */
    Claims claims(Offer offer) {
        boolean complete = !source.protocol().equals(DIRECT);
        return new Claims(
                claims.filename() == null ? offer.filename() : claims.filename(),
                claims.visible(),
                claims.autoUpdate(),
                claims.cached(),
                complete ? laidOver(offer.properties(), claims.properties()) : claims.properties(),
                claims.profiles(),
                List.of(),
                offer.fingerprint(),
                offer.expiresAt(),
                updatedFrom(offer),
                claims.requestor(),
                true,
                offer.createdAt(),
                complete);
    }

    /** What only the asker says: all that changes a record that is here already. */
    Claims given(Offer offer) {
        return new Claims(
                claims.filename(),
                claims.visible(),
                claims.autoUpdate(),
                claims.cached(),
                claims.properties(),
                claims.profiles(),
                List.of(),
                offer.fingerprint(),
                null,
                updatedFrom(offer),
                claims.requestor(),
                true);
    }

    /** Only a name can be followed, and only without a secret, which is good once. Null when there is nothing to follow. */
    UpdateSource updatedFrom(Offer offer) {
        if (claims.source() != null) {
            return claims.source();
        }
        String followed = offer.alias().isEmpty() && !Fingerprint.isPrefix(name) ? name : offer.alias();
        boolean isName = !followed.isEmpty() && !followed.equals(offer.fingerprint().hex());
        return isName && source.secret().isEmpty() && !source.protocol().equals(DIRECT) ? following(followed) : null;
    }

    /**
     * Says whether the image of another project may be had without proof: it is everybody's, or the server that offers
     * it gave it to the other project too. An offer alone proves nothing: the asker chose who makes it.
     */
    boolean maySee(Image known) {
        boolean isPublic = known.visible() && known.project().equals(PUBLIC_PROJECT);
        return isPublic || known.source() != null && comesFromSource(known.source());
    }

    /** Says whether an image that follows {@code known} is what this wish named at some time. */
    boolean isSatisfiedBy(UpdateSource known) {
        return comesFromSource(known) && known.alias().equals(name);
    }

    private boolean comesFromSource(UpdateSource known) {
        return known.server().equals(source.server())
                && known.protocol().equals(source.protocol())
                && known.certificate().equals(source.certificate());
    }

    private UpdateSource following(String alias) {
        return new UpdateSource(
                source.server(), source.protocol(), source.certificate(), alias, type == null ? "" : type.wireName(),
                source.ourselves());
    }

    static Map<String, String> laidOver(Map<String, String> below, Map<String, String> above) {
        Map<String, String> properties = new TreeMap<>(below);
        if (above != null) {
            properties.putAll(above);
        }
        return properties;
    }
}
