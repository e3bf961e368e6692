package dev.berth.serve.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Notices header lines that go on in the next line (RFC 9112, 5.2): the decoder joins them silently, other programs read
 * them differently. Sits before the decoder; a second handler behind it tells where heads begin.
 */
final class FoldWatch extends ChannelInboundHandlerAdapter {
    private boolean inHead = true;
    private boolean found;
    private int previous;
    private int beforeThat;

    private FoldWatch() {}

    /** Puts one on an HTTP/1 connection; on h2, where heads have no lines, it never notices anything. */
    static FoldWatch on(Channel channel) {
        FoldWatch watch = new FoldWatch();
        ChannelHandlerContext decoder = channel.pipeline().context(HttpRequestDecoder.class);
        if (decoder != null) {
            channel.pipeline().addBefore(decoder.name(), "berth-fold-watch", watch);
            channel.pipeline().addAfter(decoder.name(), "berth-head-watch", watch.new HeadWatch());
        }
        return watch;
    }

    boolean hasFound() {
        return found;
    }

    /** Whether a part of a request's head is there. */
    boolean awaitsHead() {
        return inHead && previous != 0;
    }

    /** Whether a request's head is there, and its body is not to its end. */
    boolean awaitsBody() {
        return !inHead;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (inHead && message instanceof ByteBuf bytes) {
            scan(bytes);
        }
        ctx.fireChannelRead(message);
    }

    private void scan(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex() && inHead; i++) {
            int next = bytes.getByte(i);
            found |= previous == '\n' && (next == ' ' || next == '\t');
            inHead = !(next == '\n' && (previous == '\n' || previous == '\r' && beforeThat == '\n'));
            beforeThat = previous;
            previous = next;
        }
    }

    /** Behind the decoder: the next head begins when a request is complete. */
    private final class HeadWatch extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest) {
                inHead = false;
            }
            if (message instanceof LastHttpContent) {
                inHead = true;
                previous = 0;
                beforeThat = 0;
            }
            ctx.fireChannelRead(message);
        }
    }
}
