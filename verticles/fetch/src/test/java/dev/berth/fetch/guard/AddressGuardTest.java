package dev.berth.fetch.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reliability S04: whatever way it is written, an address inside is inside. */
class AddressGuardTest {
    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "127.255.255.254", "127.1", "2130706433", "0.0.0.0", "0", "::1", "0:0:0:0:0:0:0:1", "::",
        "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "169.254.169.254", "::ffff:169.254.169.254", "fe80::1",
        "fd00:ec2::254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.100.100.200",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1", "224.0.0.1", "255.255.255.255",
        "ff02::1", "fc00::1", "fec0::1", "2001:db8::1", "2001::1", "198.18.0.1", "240.0.0.1"
    })
    void addresses_that_are_not_public_are_closed(String spelling) throws UnknownHostException {
        assertThat(guard.allows(InetAddress.getByName(spelling))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1.1.1.1", "91.189.91.124", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "2606:4700::1111",
        "2a01:4f8::1", "::ffff:1.1.1.1", "64:ff9b::101:101"
    })
    void public_addresses_are_open(String spelling) throws UnknownHostException {
        assertThat(guard.allows(InetAddress.getByName(spelling))).isTrue();
    }

    @Test
    void an_opened_block_opens_itself_and_nothing_else() throws UnknownHostException {
        AddressGuard opened = new AddressGuard(List.of(AddressRange.parse("10.1.0.0/17"), AddressRange.parse("fd00::1")));

        assertThat(opened.allows(InetAddress.getByName("10.1.127.255"))).isTrue();
        assertThat(opened.allows(InetAddress.getByName("::ffff:10.1.0.1"))).isTrue();
        assertThat(opened.allows(InetAddress.getByName("10.1.128.0"))).isFalse();
        assertThat(opened.allows(InetAddress.getByName("fd00::1"))).isTrue();
        assertThat(opened.allows(InetAddress.getByName("fd00::2"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/x", "fd00::/129", "300.1.1.1", "::/-1"})
    void what_is_no_block_is_refused_with_what_came(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got \"" + text + "\"");
    }
}
