package dev.berth.intake;

import dev.berth.contract.Answer;
import dev.berth.contract.HashContract.FileDigest;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.Refused;
import dev.berth.contract.StreamLabels;
import dev.berth.format.Inspection;
import dev.berth.format.Metadata;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The brain of intake: from what was claimed, hashed and seen to the image record, or to the reason why there is none.
 * Sources: formats 1.3-1.6, rest-api 3.4.
 */
final class Assembly {
    static final List<String> DEFAULT_PROFILES = List.of("default");

    private Assembly() {}

    static Answer<Image> of(Arrive request, Receipt receipt, Instant now) {
        Fingerprint got = receipt.digests().fingerprint();
        Fingerprint expected = request.claims().expected();
        if (expected != null && !expected.equals(got)) {
            return refused(mismatch(request.claims(), got));
        }
        if (receipt.rootfs() == null) {
            return receipt.inspection()
                    .rootType()
                    .map(type -> Answer.yes(image(request, receipt, type, unified(receipt), now)))
                    .orElseGet(() -> refused("Invalid instance type"));
        }
        return splitType(receipt)
                .map(type -> Answer.yes(image(request, receipt, type, split(receipt, type), now)))
                .orElseGet(() -> refused("Invalid multipart image"));
    }

    /** Uploaders and pullers read different words for the same thing (rest-api 3.4, 3.8). */
    private static String mismatch(Claims claims, Fingerprint got) {
        return claims.complete()
                ? "Image fingerprint doesn't match. Got " + got + " expected " + claims.expected() + "; kept nothing"
                : "Fingerprints do not match, got " + got + " expected " + claims.expected();
    }

    private static Image image(
            Arrive request, Receipt receipt, ImageType type, List<ImageFile> files, Instant now) {
        Claims claims = request.claims();
        Metadata metadata = receipt.inspection().metadata();
        return new Image(
                request.project(),
                receipt.digests().fingerprint(),
                type,
                metadata.architecture(),
                claims.visible(),
                claims.autoUpdate(),
                claims.cached(),
                filename(claims, receipt),
                Wish.laidOver(claims.complete() ? Map.of() : metadata.properties(), claims.properties()),
                claims.aliases() == null ? List.of() : claims.aliases(),
                claims.profiles() == null ? DEFAULT_PROFILES : claims.profiles(),
                files,
                claims.createdAt() == null ? metadata.createdAt() : claims.createdAt(),
                now,
                claims.cached() ? now : Image.NEVER_USED,
                claims.expiresAt() == null ? metadata.expiresAt() : claims.expiresAt(),
                claims.source());
    }

    private static List<ImageFile> unified(Receipt receipt) {
        return List.of(file(receipt, 0, ImageFile.Role.UNIFIED, extension(receipt.inspection())));
    }

    private static List<ImageFile> split(Receipt receipt, ImageType type) {
        ImageFile.Role role =
                type == ImageType.VIRTUAL_MACHINE ? ImageFile.Role.ROOTFS_IMG : ImageFile.Role.ROOTFS;
        return List.of(
                file(receipt, 0, ImageFile.Role.METADATA, extension(receipt.inspection())),
                file(receipt, 1, role, receipt.rootfs().extension()));
    }

    private static ImageFile file(Receipt receipt, int index, ImageFile.Role role, String extension) {
        FileDigest digest = receipt.digests().files().get(index);
        return new ImageFile(role, digest.blob(), digest.length(), extension);
    }

    private static String extension(Inspection inspection) {
        return inspection.compression().extension();
    }

    /** The type of a split image is what its second part is called, whatever its bytes are (formats fact 39). */
    private static Optional<ImageType> splitType(Receipt receipt) {
        String part = receipt.rootfs().labels().getOrDefault(StreamLabels.PART, "");
        return switch (part) {
            case "rootfs" -> Optional.of(ImageType.CONTAINER);
            case "rootfs.img" -> Optional.of(ImageType.VIRTUAL_MACHINE);
            default -> Optional.empty();
        };
    }

    private static String filename(Claims claims, Receipt receipt) {
        String claimed = claims.filename() == null ? "" : claims.filename();
        return receipt.rootfs() == null || claims.complete()
                ? claimed
                : receipt.rootfs().labels().getOrDefault(StreamLabels.FILENAME, claimed);
    }

    private static Answer<Image> refused(String text) {
        return Answer.no(Refused.invalid(text));
    }
}
