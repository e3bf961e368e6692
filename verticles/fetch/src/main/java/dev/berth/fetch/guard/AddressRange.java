package dev.berth.fetch.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** An address, or a CIDR block of them. */
public final class AddressRange {
    private final byte[] start;
    private final int bits;

    private AddressRange(byte[] start, int bits) {
        this.start = start;
        this.bits = bits;
    }

    /** Reads {@code 10.1.2.3}, {@code 10.0.0.0/8}, {@code fd00::1} or {@code fd00::/8}; anything else is refused. */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = literal(slash < 0 ? text : text.substring(0, slash), text);
        int most = address.length * Byte.SIZE;
        int bits = slash < 0 ? most : prefixLength(text.substring(slash + 1), text);
        if (bits > most) {
            throw wrong(text);
        }
        return new AddressRange(address, bits);
    }

    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    boolean contains(byte[] address) {
        if (address.length != start.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != start[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (address[whole] ^ start[whole]) >> (Byte.SIZE - rest) == 0;
    }

    private static byte[] literal(String address, String text) {
        boolean six = address.indexOf(':') >= 0;
        if (!(six ? address.matches("[0-9a-fA-F:.]+") : address.matches("\\d{1,3}(\\.\\d{1,3}){3}"))) {
            throw wrong(text);
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw wrong(text);
        }
    }

    private static int prefixLength(String digits, String text) {
        if (!digits.matches("\\d{1,3}")) {
            throw wrong(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("expected an address or a block like 10.0.0.0/8 or fd00::/8, got \"" + text + "\"");
    }
}
