package dev.berth.serve.lxd.server;

import dev.berth.serve.lxd.FaceServer;

/** The server half of the face over fakes. */
final class ServerHalf implements AutoCloseable {
    final FaceServer face = FaceServer.with(new ServerPart());
    final FakeSettings settings = new FakeSettings(face.bus());
    final FakeOperations operations = new FakeOperations(face.vertx(), face.bus());
    final FakeTrust trust = new FakeTrust(face.bus(), operations);

    @Override
    public void close() {
        face.close();
    }
}
