package dev.berth.serve.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;

/**
 * Counts a connection's bytes where they meet the wire, and tells whether they move. Event loop only.
 *
 * <p>Vert.x shows neither for a response that is sent as a file, so this is the one place that reaches below it.
 */
final class WireCounter extends ChannelDuplexHandler {
    private static final int MIX = 31;

    /** Netty's own name for what decodes websocket frames. */
    private static final String WEBSOCKET_DECODER = "wsdecoder";

    private final Channel channel;
    private final FoldWatch folds;
    private final Optional<StreamWatch> streams;
    private final WireMeters meters;
    private long received;
    private long writes;

    private WireCounter(Channel channel, WireMeters meters) {
        this.channel = channel;
        this.folds = FoldWatch.on(channel);
        this.streams = StreamWatch.on(channel);
        this.meters = meters;
    }

    static WireCounter on(HttpConnection connection, WireMeters meters) {
        Channel channel = ((ConnectionBase) connection).channel();
        WireCounter counter = new WireCounter(channel, meters);
        channel.pipeline().addFirst("berth-wire", counter);
        return counter;
    }

    /** The connection's own close handler is not called for one that became a websocket. */
    void whenClosed(Runnable then) {
        channel.closeFuture().addListener(closed -> then.run());
    }

    long received() {
        return received;
    }

    boolean isWebsocket() {
        return channel.pipeline().get(WEBSOCKET_DECODER) != null;
    }

    /** What watches the streams of h2. */
    Optional<StreamWatch> streams() {
        return streams;
    }

    /** Whether a header line went on in the next line. */
    boolean sentFoldedLine() {
        return folds.hasFound();
    }

    /** Whether the rest of a head is still to come; never on h2. */
    boolean awaitsHead() {
        return folds.awaitsHead();
    }

    /** Whether bytes of a body are still to come; never on h2. */
    boolean awaitsBody() {
        return folds.awaitsBody();
    }

    /** False while back-pressure holds the peer back. */
    boolean isReading() {
        return channel.config().isAutoRead();
    }

    /** More than 0 when bytes wait for the peer to take them. */
    long pending() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        long held = streams.filter(StreamWatch::isHeldBack).isPresent() ? 1 : 0;
        return waiting == null ? held : held + waiting.totalPendingWriteBytes() + waiting.size();
    }

    /** Changes whenever some of the waiting bytes were sent. */
    long progress() {
        return streams.map(StreamWatch::progress).orElse(0L) * MIX + progressOfSocket();
    }

    private long progressOfSocket() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null) {
            return writes;
        }
        Object head = waiting.current();
        long sent = head instanceof FileRegion file ? file.transferred() : waiting.currentProgress();
        return ((writes * MIX + waiting.size()) * MIX + System.identityHashCode(head)) * MIX + sent;
    }

    /** Closes below TLS, so that a peer which reads nothing cannot delay it. */
    void cut() {
        channel.pipeline().context(this).close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            received += bytes.readableBytes();
            meters.received(bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        writes++;
        if (message instanceof ByteBuf bytes) {
            meters.sent(bytes.readableBytes());
            ctx.write(message, promise);
        } else if (message instanceof FileRegion file) {
            ctx.write(file, promise.unvoid().addListener(done -> meters.sent(file.transferred())));
        } else {
            ctx.write(message, promise);
        }
    }
}
