package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serve.edge.Endpoint;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class AddressesTest {
    private static final SocketAddress LOCAL = SocketAddress.inetSocketAddress(7777, "10.0.0.1");

    @Test
    void one_listen_address_is_told_as_it_is() {
        assertThat(new Addresses(new Endpoint("10.0.0.1", 8443)).now(LOCAL)).containsExactly("10.0.0.1:8443");
    }

    @Test
    void any_free_port_is_told_as_the_one_the_caller_found() {
        assertThat(new Addresses(new Endpoint("10.0.0.1", 0)).now(LOCAL)).containsExactly("10.0.0.1:7777");
    }

    @Test
    @DisplayName("rest-api 6")
    void all_addresses_means_those_that_others_can_reach() throws UnknownHostException {
        List<InetAddress> machine = List.of(
                InetAddress.getByName("127.0.0.1"),
                InetAddress.getByName("192.0.2.7"),
                InetAddress.getByName("fe80::1"),
                InetAddress.getByName("2001:db8::7"));

        assertThat(Addresses.of(new Endpoint("0.0.0.0", 8443), machine))
                .containsExactly("192.0.2.7:8443", "[2001:db8:0:0:0:0:0:7]:8443");
    }

    @Test
    @DisplayName("rest-api 6")
    void an_address_is_told_without_the_interface_that_only_this_machine_knows() throws UnknownHostException {
        byte[] address = InetAddress.getByName("2001:db8::7").getAddress();

        assertThat(Addresses.of(new Endpoint("::", 8443), List.of(Inet6Address.getByAddress(null, address, 2))))
                .containsExactly("[2001:db8:0:0:0:0:0:7]:8443");
    }

    @Test
    void a_machine_without_a_network_still_tells_one() {
        assertThat(Addresses.of(new Endpoint("::", 8443), List.of())).containsExactly("127.0.0.1:8443");
    }
}
