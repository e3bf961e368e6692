package dev.berth.serve.edge;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** Whom an address stands for when requests are counted: itself, or for IPv6 its /64, which belongs to one subscriber. */
final class Neighbourhood {
    private static final int NETWORK = 8;
    private static final int IPV6 = 16;

    private Neighbourhood() {}

    /** @param host a numeric address, perhaps with its zone */
    static String of(String host) {
        int zone = host.indexOf('%');
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(zone < 0 ? host : host.substring(0, zone));
        return bytes == null || bytes.length != IPV6 || isMapped(bytes)
                ? host
                : HexFormat.of().formatHex(bytes, 0, NETWORK);
    }

    /** IPv4 in IPv6's clothes: all of it shares one /64. */
    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }
}
