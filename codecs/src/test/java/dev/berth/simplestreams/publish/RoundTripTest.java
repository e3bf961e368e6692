package dev.berth.simplestreams.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.Image;
import dev.berth.image.ImageType;
import dev.berth.simplestreams.StreamImage;
import dev.berth.simplestreams.StreamIndex;
import dev.berth.simplestreams.Wanted;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a catalog has, Berth's own reader finds in the stream that is written of it, and nothing else. */
class RoundTripTest {
    private static final int IMAGES = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void every_image_is_there_once_with_its_own_files(long seed) {
        List<Image> catalog = catalog(new Random(seed));
        WrittenStream stream = WrittenStream.of(catalog);
        Map<String, Image> expected =
                catalog.stream().collect(Collectors.toMap(image -> image.fingerprint().hex(), Function.identity()));

        assertThat(stream.files().leftOut()).isEmpty();
        assertThat(stream.read().images()).hasSize(catalog.size()).allSatisfy(image -> {
            Image original = expected.get(image.fingerprint().hex());
            assertThat(image.type()).isEqualTo(original.type());
            assertThat(image.architecture()).isEqualTo(original.architecture());
            assertThat(image.size()).isEqualTo(original.size());
            assertThat(image.files()).extracting(OfferedFile::sha256)
                    .isEqualTo(original.files().stream().map(file -> file.blob().hex()).toList());
            assertThat(image.files()).extracting(OfferedFile::path)
                    .isEqualTo(original.files().stream().map(ItemPath::of).toList());
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void every_name_stands_for_the_same_image_as_in_the_catalog(long seed) {
        List<Image> catalog = catalog(new Random(seed));
        StreamIndex stream = WrittenStream.of(catalog).read();

        for (Image image : catalog) {
            for (Alias alias : image.aliases()) {
                Wanted wanted = new Wanted(alias.name(), null, null, image.architecture());
                assertThat(WrittenStream.find(stream, wanted)).as(alias.name()).isEqualTo(image.fingerprint().hex());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5})
    void each_family_of_clients_sees_all_it_can_use(long seed) {
        List<Image> catalog = catalog(new Random(seed));
        WrittenStream stream = WrittenStream.of(catalog);
        long machinesInOneFile = catalog.stream()
                .filter(image -> image.type() == ImageType.VIRTUAL_MACHINE && !image.isSplit()).count();

        assertThat(stream.readBy(Vocabulary.INCUS).images()).hasSize(catalog.size());
        assertThat(stream.readBy(Vocabulary.LXD).images()).hasSize((int) (catalog.size() - machinesInOneFile));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5})
    void versions_of_a_product_are_never_equal_and_the_order_of_the_catalog_does_not_matter(long seed) {
        List<Image> catalog = new ArrayList<>(catalog(new Random(seed)));
        WrittenStream stream = WrittenStream.of(catalog);
        Collections.shuffle(catalog, new Random(seed + 1));

        assertThat(WrittenStream.of(catalog).files().images()).isEqualTo(stream.files().images());
        assertThat(stream.read().images()).doesNotHaveDuplicates()
                .extracting(RoundTripTest::place).doesNotHaveDuplicates();
    }

    /** All that clients sort by (formats 3.6). */
    private static List<String> place(StreamImage image) {
        Map<String, String> its = image.properties();
        return List.of(its.get("os"), its.get("release"), its.get("variant"), image.serial(), its.get("architecture"),
                its.get("type"));
    }

    private static List<Image> catalog(Random random) {
        Map<String, Image> images = new HashMap<>();
        for (int i = 0; i < IMAGES; i++) {
            Image image = image(random, i);
            images.putIfAbsent(image.fingerprint().hex(), image);
        }
        return List.copyOf(images.values());
    }

    private static Image image(Random random, int number) {
        Architecture architecture = Architecture.values()[random.nextInt(3)];
        CatalogFixture facts = new CatalogFixture(properties(random), architecture,
                CatalogFixture.MADE.plus(random.nextInt(240), ChronoUnit.SECONDS), Image.NEVER_EXPIRES,
                names(random, number));
        String metadata = "metadata " + random.nextInt(20);
        String root = "root " + random.nextInt(20);
        return switch (random.nextInt(5)) {
            case 0 -> facts.unified("unified " + number);
            case 1 -> facts.unifiedMachine("machine " + number);
            case 2 -> facts.machine(metadata, root);
            case 3 -> facts.tar(metadata, root, random.nextBoolean() ? ".tar.xz" : ".tar.zst");
            default -> facts.squashfs(metadata, root);
        };
    }

    private static Map<String, String> properties(Random random) {
        Map<String, String> properties = new HashMap<>();
        some(random, properties, "os", "Debian", "debian", "Ubuntu");
        some(random, properties, "release", "13", "noble");
        some(random, properties, "variant", "default", "cloud");
        some(random, properties, "requirements.secureboot", "false");
        return properties;
    }

    private static void some(Random random, Map<String, String> properties, String name, String... values) {
        int choice = random.nextInt(values.length * 2);
        if (choice < values.length || name.equals("os")) {
            properties.put(name, values[choice % values.length]);
        }
    }

    /** Some of them are names that the convention would give to others. */
    private static List<String> names(Random random, int number) {
        return switch (number) {
            case 10 -> List.of("debian/13");
            case 20 -> List.of("debian/13/cloud", "n20");
            case 30 -> List.of("ubuntu/noble/default");
            default -> random.nextInt(3) == 0 ? List.of("n" + number, "also/" + number) : List.of();
        };
    }
}
