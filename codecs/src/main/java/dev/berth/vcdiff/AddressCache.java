package dev.berth.vcdiff;

import java.io.IOException;
import java.util.Arrays;

/** Addresses of copies, told relative to earlier ones of the same window (RFC 3284, section 5.3). */
final class AddressCache {
    private static final int SELF = 0;
    private static final int HERE = 1;
    private static final int NEAR_FROM = 2;
    private static final int NEAR = 4;
    private static final int SAME_FROM = NEAR_FROM + NEAR;
    private static final int SAME = 3 * 256;

    private final long[] near = new long[NEAR];
    private final long[] same = new long[SAME];
    private int nextNear;

    void reset() {
        Arrays.fill(near, 0);
        Arrays.fill(same, 0);
        nextNear = 0;
    }

    /** @param here address of the next byte to be made; every address must be below it */
    long read(int mode, long here, Section addresses) throws IOException {
        long address = address(mode, here, addresses);
        if (address < 0 || address >= here) {
            throw new VcdiffException("a copy must start before address " + here + ", but it starts at " + address);
        }
        near[nextNear] = address;
        nextNear = (nextNear + 1) % NEAR;
        same[(int) (address % SAME)] = address;
        return address;
    }

    private long address(int mode, long here, Section addresses) throws IOException {
        if (mode >= SAME_FROM) {
            return same[(mode - SAME_FROM) * 256 + addresses.next()];
        }
        long told = addresses.number();
        return switch (mode) {
            case SELF -> told;
            case HERE -> here - told;
            default -> near[mode - NEAR_FROM] + told;
        };
    }
}
