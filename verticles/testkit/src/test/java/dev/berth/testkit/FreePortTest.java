package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void no_port_is_given_twice() {
        assertThat(Stream.generate(FreePort::next).limit(50)).doesNotHaveDuplicates();
    }

    @Test
    void a_port_where_somebody_listens_is_passed_over() throws Exception {
        int next = FreePort.next() + 1;
        try (ServerSocket somebody = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.next()).isGreaterThan(somebody.getLocalPort());
        }
    }
}
