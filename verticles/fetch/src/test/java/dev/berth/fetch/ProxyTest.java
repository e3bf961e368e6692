package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
    private final List<String> tunnels = new CopyOnWriteArrayList<>();

    @TempDir Path folder;
    private NetClient outgoing;

    @Test
    void everything_goes_through_the_proxy_to_the_address_that_was_checked() {
        try (FetchWorld world = new FetchWorld(folder)) {
            outgoing = world.vertx.createNetClient();
            NetServer proxy = Expect.soon(world.vertx.createNetServer()
                    .connectHandler(client -> tunnel(world.upstream.port(), client))
                    .listen(0, "127.0.0.1"));
            FetchConf conf = world.conf();
            world.deployed(new FetchConf(conf.cache(), conf.allowPrivateAddresses(), conf.trustedCertificates(),
                    conf.directHosts(), "127.0.0.1:" + proxy.actualPort(), conf.userAgent(), conf.indexBytes(),
                    conf.indexFresh(), conf.limits()));
            String fingerprint = world.upstream.lxd().add(ImageFixtures.unified(Packing.GZIP));

            assertThat(world.fetch(world.source("lxd"), fingerprint)).allMatch(Arrived::isComplete);

            assertThat(tunnels).isNotEmpty().allMatch(("CONNECT 127.0.0.1:" + world.upstream.port() + " HTTP/1.1")::equals);
        }
    }

    /** One CONNECT, then bytes both ways. */
    private void tunnel(int port, NetSocket client) {
        client.handler(request -> {
            client.pause();
            tunnels.add(request.toString().lines().findFirst().orElse(""));
            outgoing.connect(port, "127.0.0.1").onSuccess(server -> {
                client.write(Buffer.buffer("HTTP/1.1 200 Connection established\r\n\r\n"));
                client.handler(server::write).resume();
                server.handler(client::write);
            });
        });
    }
}
