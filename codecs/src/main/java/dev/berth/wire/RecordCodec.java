package dev.berth.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries any record of the contracts over the event bus: by reference within a JVM, as JSON between nodes.
 *
 * <p>Register one instance per Vert.x under {@link #NAME}; a new message needs no registration. Records are immutable,
 * so handing over the reference is safe.
 */
public final class RecordCodec implements MessageCodec<Object, Object> {
    /** Codec name on the wire; it carries the version of the form. */
    public static final String NAME = "berth.record.v1";

    private final boolean forceWire;

    /** @param forceWire encode and decode local messages too, so that tests meet what other nodes would get */
    public RecordCodec(boolean forceWire) {
        this.forceWire = forceWire;
    }

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
        byte[] bytes = WireJson.encode(message);
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        int length = buffer.getInt(position);
        return WireJson.decode(buffer.getBytes(position + 4, position + 4 + length));
    }

    @Override
    public Object transform(Object message) {
        return forceWire ? WireJson.decode(WireJson.encode(message)) : message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
