package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class PeerTest {
    /** Systems forget the address of a connection that is gone; the unix socket always has one. */
    @Test
    void a_connection_from_no_known_address_has_nobodys_trust() {
        assertThat(Peer.of(from(null)).local()).isFalse();
        assertThat(Peer.of(from(SocketAddress.inetSocketAddress(1, "192.0.2.1"))).local()).isFalse();
        assertThat(Peer.of(from(SocketAddress.domainSocketAddress("/run/unix.socket"))).local()).isTrue();
    }

    private static HttpConnection from(SocketAddress remote) {
        return (HttpConnection) Proxy.newProxyInstance(
                PeerTest.class.getClassLoader(), new Class<?>[] {HttpConnection.class}, (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "remoteAddress" -> remote;
                            case "isSsl" -> false;
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }
}
