package dev.berth.fetch.guard;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which addresses may be connected to: those of the public Internet, and what the operator opened.
 *
 * <p>IPv6 addresses that only wrap an IPv4 address (mapped, compatible, NAT64, 6to4) are judged by the wrapped one,
 * because a router or the kernel unwraps them.
 */
public final class AddressGuard {
    private static final List<AddressRange> CLOSED = ranges(
            // IPv4: this host, private, shared (CGNAT), loopback, link-local with the metadata services, private
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            // protocol assignments, documentation, private, benchmarks, documentation, multicast, reserved and broadcast
            "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            // IPv6: local NAT64, discard, Teredo and other protocol assignments, documentation
            "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20",
            // unique local, link-local, site-local, multicast
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8");
    private static final List<Wrapping> WRAPPINGS = List.of(
            new Wrapping(AddressRange.parse("::/96"), 12),
            new Wrapping(AddressRange.parse("64:ff9b::/96"), 12),
            new Wrapping(AddressRange.parse("2002::/16"), 2));
    private static final int IPV4_BYTES = 4;

    private final List<AddressRange> opened;

    /** @param opened ranges that are allowed although they are not public */
    public AddressGuard(List<AddressRange> opened) {
        this.opened = List.copyOf(opened);
    }

    public boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        return isIn(opened, bytes) || isIn(opened, unwrapped(bytes)) || isPublic(unwrapped(bytes));
    }

    private static boolean isPublic(byte[] address) {
        return !isIn(CLOSED, address);
    }

    private static boolean isIn(List<AddressRange> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static byte[] unwrapped(byte[] address) {
        for (Wrapping wrapping : WRAPPINGS) {
            if (wrapping.range.contains(address)) {
                return Arrays.copyOfRange(address, wrapping.offset, wrapping.offset + IPV4_BYTES);
            }
        }
        return address;
    }

    private static List<AddressRange> ranges(String... blocks) {
        return Stream.of(blocks).map(AddressRange::parse).toList();
    }

    /** @param offset where the IPv4 address begins within the address */
    private record Wrapping(AddressRange range, int offset) {}
}
