package dev.berth.wire;

import dev.berth.contract.StreamContract;
import dev.berth.wire.StreamFrame.Alive;
import dev.berth.wire.StreamFrame.Chunk;
import dev.berth.wire.StreamFrame.Ended;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries stream frames: by reference within a JVM, and in a compact form between nodes.
 *
 * <p>Wire form: int length of what follows, one kind byte ({@code C}, {@code E}, {@code A}); a chunk goes on with a long
 * offset and its bytes, an end with its record as JSON.
 */
public final class StreamFrameCodec implements MessageCodec<StreamFrame, StreamFrame> {
    /** Codec name on the wire; it carries the version of the form. */
    public static final String NAME = "berth.stream.v1";

    private static final int HEADER = 5;

    private final boolean forceWire;

    /** @param forceWire encode and decode local frames too */
    public StreamFrameCodec(boolean forceWire) {
        this.forceWire = forceWire;
    }

    @Override
    public void encodeToWire(Buffer buffer, StreamFrame frame) {
        if (frame instanceof Chunk chunk) {
            buffer.appendInt(1 + 8 + chunk.bytes().length()).appendByte((byte) 'C');
            buffer.appendLong(chunk.offset()).appendBuffer(chunk.bytes());
        } else if (frame instanceof Ended ended) {
            byte[] json = WireJson.encode(ended.end());
            buffer.appendInt(1 + json.length).appendByte((byte) 'E').appendBytes(json);
        } else {
            buffer.appendInt(1).appendByte((byte) 'A');
        }
    }

    @Override
    public StreamFrame decodeFromWire(int position, Buffer buffer) {
        int from = position + HEADER;
        int to = position + 4 + buffer.getInt(position);
        byte kind = buffer.getByte(position + 4);
        return switch (kind) {
            case 'C' -> new Chunk(buffer.getLong(from), buffer.getBuffer(from + 8, to));
            case 'E' -> new Ended((StreamContract.End) WireJson.decode(buffer.getBytes(from, to)));
            case 'A' -> Alive.ALIVE;
            default -> throw new IllegalArgumentException("a stream frame must be C, E or A, got byte " + kind);
        };
    }

    @Override
    public StreamFrame transform(StreamFrame frame) {
        if (!forceWire) {
            return frame;
        }
        Buffer wire = Buffer.buffer();
        encodeToWire(wire, frame);
        return decodeFromWire(0, wire);
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
