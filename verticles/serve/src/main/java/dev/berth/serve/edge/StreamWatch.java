package dev.berth.serve.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Optional;

/**
 * Notices what each stream of an h2 connection brings and takes. They share a socket, but each has windows of its own: the
 * bytes of the socket tell nothing of one, and what waits for a window is not in the socket's buffer. Event loop only.
 */
final class StreamWatch extends Http2FrameListenerDecorator {
    private final Http2Connection connection;
    private final Http2Connection.PropertyKey counts;

    private static final class Counts {
        private long received;
        private long windowUpdates;
    }

    private StreamWatch(Http2ConnectionHandler handler) {
        super(handler.decoder().frameListener());
        this.connection = handler.connection();
        this.counts = connection.newKey();
    }

    /** Puts one on an h2 connection; there is nothing to watch on others. */
    static Optional<StreamWatch> on(Channel channel) {
        Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
        if (handler == null) {
            return Optional.empty();
        }
        StreamWatch watch = new StreamWatch(handler);
        handler.decoder().frameListener(watch);
        return Optional.of(watch);
    }

    /** Whether answers wait for the peer to open the window that they share. */
    boolean isHeldBack() {
        return connection.numActiveStreams() > 0 && isHeldBack(connection.connectionStream());
    }

    /** Changes whenever the peer opens that window. */
    long progress() {
        return of(connection.connectionStream()).windowUpdates;
    }

    /**
     * A stream, seen like a connection with one request; empty when it is closed.
     *
     * @param answering whether the head of its answer is sent
     */
    Optional<Sight> look(long nanos, int id, boolean answering) {
        return Optional.ofNullable(connection.stream(id)).map(stream -> new Sight(
                nanos,
                of(stream).received,
                isReading(stream) && isReading(connection.connectionStream()),
                answering && isHeldBack(stream) ? 1 : 0,
                of(stream).windowUpdates,
                1,
                1,
                false,
                stream.state().remoteSideOpen(),
                false));
    }

    private boolean isReading(Http2Stream stream) {
        return connection.local().flowController().windowSize(stream) > 0;
    }

    private boolean isHeldBack(Http2Stream stream) {
        return connection.remote().flowController().windowSize(stream) <= 0;
    }

    private Counts of(Http2Stream stream) {
        Counts its = stream.getProperty(counts);
        if (its == null) {
            its = new Counts();
            stream.setProperty(counts, its);
        }
        return its;
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean last)
            throws Http2Exception {
        of(connection.stream(id)).received += data.readableBytes();
        return super.onDataRead(ctx, id, data, padding, last);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int id, int bytes) throws Http2Exception {
        of(connection.stream(id)).windowUpdates++;
        super.onWindowUpdateRead(ctx, id, bytes);
    }
}
