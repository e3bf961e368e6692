package dev.berth.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PendingTest {
    @RepeatedTest(50)
    void whatever_is_gathered_comes_out_in_whatever_slices(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] all = new byte[1 + random.nextInt(300_000)];
        random.nextBytes(all);
        Pending pending = gathered(all, random);

        Buffer out = Buffer.buffer();
        while (!pending.isEmpty()) {
            int most = 1 + random.nextInt(50_000);
            Buffer slice = pending.take(most);
            assertThat(slice.length()).isBetween(1, most);
            out.appendBuffer(slice);
        }

        assertThat(out.getBytes()).isEqualTo(all);
    }

    @Test
    void small_pieces_become_one_and_large_ones_stay_what_they_are() {
        byte[] large = new byte[20_000];
        byte[] small = new byte[10];
        Pending pending = new Pending(Buffer.buffer(small));
        for (int i = 0; i < 999; i++) {
            pending.append(Buffer.buffer(small));
        }
        pending.append(Buffer.buffer(large));
        pending.append(Buffer.buffer(large));

        ByteBuf bytes = ((BufferInternal) pending.take(Integer.MAX_VALUE)).getByteBuf();

        assertThat(bytes.nioBufferCount()).isEqualTo(3);
        assertThat(bytes.readableBytes()).isEqualTo(50_000);
    }

    @Test
    void what_is_on_its_way_grows_no_more() {
        Pending pending = new Pending(Buffer.buffer(new byte[5_000]));
        assertThat(pending.gathers()).isTrue();

        pending.take(1_000);

        assertThat(pending.gathers()).isFalse();
        assertThat(pending.length()).isEqualTo(4_000);
    }

    private static Pending gathered(byte[] all, Random random) {
        int first = Math.min(all.length, 1 + random.nextInt(3_000));
        Pending pending = new Pending(Buffer.buffer(Arrays.copyOf(all, first)));
        int at = first;
        while (at < all.length) {
            int to = Math.min(all.length, at + 1 + random.nextInt(random.nextBoolean() ? 100 : 30_000));
            pending.append(Buffer.buffer(Arrays.copyOfRange(all, at, to)));
            at = to;
        }
        return pending;
    }
}
