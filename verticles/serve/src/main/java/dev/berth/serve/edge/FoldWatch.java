package dev.berth.serve.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Notices header lines that go on in the next line (RFC 9112, 5.2): the decoder joins them silently, other programs read
 * them differently. Sits before the decoder; a second handler behind it tells when a request is complete, and what the decoder
 * has not read by then begins with the next head.
 */
final class FoldWatch extends ChannelInboundHandlerAdapter {
    private static final int DELETE = 0x7f;

    private ByteBuf undecoded = Unpooled.EMPTY_BUFFER;
    private boolean inHead = true;
    private boolean begun;
    private boolean found;
    private int previous;
    private int beforeThat;

    private FoldWatch() {}

    /** Puts one on an HTTP/1 connection; on h2, where heads have no lines, it never notices anything. */
    static FoldWatch on(Channel channel) {
        FoldWatch watch = new FoldWatch();
        ChannelHandlerContext decoder = channel.pipeline().context(HttpRequestDecoder.class);
        if (decoder != null) {
            ((HttpRequestDecoder) decoder.handler()).setCumulator(watch::cumulate);
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
        return inHead && begun;
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

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        forget();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
    }

    /** As the decoder does by itself, and keeps a hold of the bytes: it releases them before it tells what the last ones are. */
    private ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf before, ByteBuf more) {
        forget();
        undecoded = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, before, more).retain();
        return undecoded;
    }

    private void forget() {
        undecoded.release();
        undecoded = Unpooled.EMPTY_BUFFER;
    }

    private void beginHead() {
        inHead = true;
        begun = false;
        previous = 0;
        beforeThat = 0;
        scan(undecoded);
    }

    private void scan(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex() && inHead; i++) {
            scan(bytes.getByte(i));
        }
    }

    /** The decoder passes over blanks and control bytes before a head, so they are none of it. */
    private void scan(int next) {
        begun |= next > ' ' && next != DELETE;
        if (begun) {
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
                beginHead();
            }
            ctx.fireChannelRead(message);
        }
    }
}
