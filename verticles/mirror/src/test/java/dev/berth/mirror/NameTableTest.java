package dev.berth.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.Refused;
import dev.berth.image.Architecture;
import dev.berth.image.ImageType;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameTableTest {
    private static final Offer CONTAINER = offer('a', ImageType.CONTAINER, Architecture.X86_64);
    private static final Offer MACHINE = offer('b', ImageType.VIRTUAL_MACHINE, Architecture.X86_64);
    private static final Offer ARM = offer('c', ImageType.CONTAINER, Architecture.AARCH64);
    private static final Offer OLD = Samples.offer('d', ImageType.CONTAINER, Architecture.X86_64, 1, List.of());

    private final NameTable names = new NameTable(List.of(MACHINE, ARM, CONTAINER, OLD));

    @Test
    void containers_first_then_what_the_host_runs() {
        assertThat(found("debian", null, null, Architecture.X86_64)).isEqualTo('a');
        assertThat(found("debian", null, null, Architecture.AARCH64)).isEqualTo('c');
        assertThat(found("debian", null, null, Architecture.S390X)).isIn('a', 'c');
    }

    @Test
    void what_is_asked_for_counts() {
        assertThat(found("debian", ImageType.VIRTUAL_MACHINE, null, Architecture.X86_64)).isEqualTo('b');
        assertThat(found("debian", null, Architecture.AARCH64, Architecture.X86_64)).isEqualTo('c');
        assertThat(refused("debian", ImageType.VIRTUAL_MACHINE, Architecture.AARCH64)).contains("Image not found");
    }

    @Test
    void the_beginning_of_a_fingerprint_is_enough_when_only_one_fits() {
        NameTable two = new NameTable(List.of(CONTAINER, offer('a', ImageType.CONTAINER, Architecture.I686)));

        assertThat(found("ddd", null, null, Architecture.X86_64)).isEqualTo('d');
        assertThat(found("aaaa", null, null, Architecture.X86_64)).isEqualTo('a');
        assertThat(two.find("a", null, null, Architecture.X86_64).fold(Offer::alias, Refused::text)).isEmpty();
        assertThat(refused("ef", null, null)).contains("Image not found");
        assertThat(refused("DDD", null, null)).contains("Image not found");
    }

    @Test
    void the_answer_tells_the_name_that_led_there_and_a_fingerprint_is_none() {
        assertThat(names.find("debian", null, null, Architecture.X86_64).fold(Offer::alias, Refused::text)).isEqualTo("debian");
        assertThat(names.find("dd", null, null, Architecture.X86_64).fold(Offer::alias, Refused::text)).isEmpty();
    }

    @Test
    void an_older_version_follows_nothing() {
        assertThat(NameTable.name(CONTAINER)).isEqualTo("debian");
        assertThat(NameTable.name(OLD)).isEmpty();
    }

    private char found(String name, ImageType type, Architecture architecture, Architecture host) {
        return names.find(name, type, architecture, host).fold(offer -> offer.fingerprint().hex().charAt(0), refused -> '-');
    }

    private String refused(String name, ImageType type, Architecture architecture) {
        return names.find(name, type, architecture, Architecture.X86_64).fold(offer -> "found", Refused::text);
    }

    private static Offer offer(char fingerprint, ImageType type, Architecture architecture) {
        return Samples.offer(fingerprint, type, architecture, 1, List.of(), "debian");
    }
}
