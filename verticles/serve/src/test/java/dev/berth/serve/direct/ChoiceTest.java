package dev.berth.serve.direct;

import static dev.berth.image.Architecture.AARCH64;
import static dev.berth.image.Architecture.I686;
import static dev.berth.image.Architecture.RISCV64;
import static dev.berth.image.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageFile.Role;
import dev.berth.image.ImageType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("formats 116: the architectures a daemon names decide among the images of a name")
class ChoiceTest {
    private static final Map<String, String> DEBIAN = Map.of("os", "Debian", "release", "13");
    private static final Map<String, String> CLOUD = Map.of("os", "Debian", "release", "13", "variant", "cloud");

    private static final Image AMD = image('a', X86_64, DEBIAN, 1, "debian/13");
    private static final Image ARM = image('b', AARCH64, DEBIAN, 1);
    private static final Image NEWER_ARM = image('c', AARCH64, DEBIAN, 2);

    @Test
    void the_image_that_has_the_name_when_it_runs_there() {
        assertThat(choice(AMD, AMD, ARM).best(List.of(X86_64, I686))).contains(AMD);
    }

    @Test
    void the_first_architecture_of_the_list_that_there_is_an_image_for() {
        Image small = image('d', I686, DEBIAN, 9);

        assertThat(choice(small, small, AMD).best(List.of(X86_64, I686))).contains(AMD);
        assertThat(choice(small, small, ARM).best(List.of(X86_64, I686))).contains(small);
    }

    @Test
    void the_newest_of_the_same_release_and_variant() {
        Image cloud = image('d', AARCH64, CLOUD, 3);

        assertThat(choice(AMD, AMD, ARM, NEWER_ARM, cloud).best(List.of(AARCH64))).contains(NEWER_ARM);
    }

    @Test
    void one_that_is_called_by_the_name_and_the_architecture_before_any_other() {
        Image called = image('d', AARCH64, Map.of(), 0, "debian/13/arm64");
        Image misnamed = image('e', AARCH64, Map.of(), 9, "debian/13/amd64");

        assertThat(choice(AMD, AMD, NEWER_ARM, misnamed, called).best(List.of(AARCH64))).contains(called);
        assertThat(new Choice("debian/13", Optional.empty(), List.of(called)).best(List.of(AARCH64))).contains(called);
    }

    @Test
    void none_when_nothing_runs_there() {
        Image unrelated = image('d', RISCV64, Map.of(), 1);
        Image split = split('e', RISCV64);

        assertThat(choice(AMD, AMD, ARM, unrelated, split).best(List.of(RISCV64))).isEmpty();
        assertThat(choice(unrelated, unrelated, image('f', X86_64, Map.of(), 1)).best(List.of(X86_64))).isEmpty();
    }

    private static Choice choice(Image named, Image... all) {
        return new Choice("debian/13", Optional.of(named), List.of(all));
    }

    private static Image image(char digit, Architecture on, Map<String, String> properties, int age, String... names) {
        ImageFile file = new ImageFile(Role.UNIFIED, new BlobId(hex(digit)), 1, ".tar.gz");
        return image(digit, on, properties, age, List.of(file), names);
    }

    private static Image split(char digit, Architecture on) {
        ImageFile metadata = new ImageFile(Role.METADATA, new BlobId(hex('0')), 1, ".tar.gz");
        ImageFile root = new ImageFile(Role.ROOTFS, new BlobId(hex('1')), 1, ".squashfs");
        return image(digit, on, DEBIAN, 1, List.of(metadata, root));
    }

    private static Image image(
            char digit, Architecture on, Map<String, String> properties, int age, List<ImageFile> files, String... names) {
        Instant made = Instant.EPOCH.plusSeconds(age);
        return new Image("default", new Fingerprint(hex(digit)), ImageType.CONTAINER, on, true, false, false, "", properties,
                Stream.of(names).map(name -> new Alias(name, "")).toList(), List.of(), files, made, made, Image.NEVER_USED,
                Image.NEVER_EXPIRES, null);
    }

    private static String hex(char digit) {
        return String.valueOf(digit).repeat(64);
    }
}
