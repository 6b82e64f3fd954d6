package io.patchcord.audiosocket;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** A block of IPv4 or IPv6 addresses, such as {@code 10.0.0.0/8}. A single address is a block of one. */
final class Cidr {

    private final byte[] network;
    private final int prefixBits;

    private Cidr(byte[] network, int prefixBits) {
        this.network = network;
        this.prefixBits = prefixBits;
    }

    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] network = NetUtil.createByteArrayFromIpAddressString(address);
        if (network == null) {
            throw bad(text, "'" + address + "' is not an IP address");
        }
        int allBits = network.length * Byte.SIZE;
        return new Cidr(network, slash < 0 ? allBits : prefixBits(text, text.substring(slash + 1), allBits));
    }

    private static int prefixBits(String text, String digits, int allBits) {
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > allBits) {
            throw bad(text, "'" + digits + "' is not a number of bits from 0 to " + allBits);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("'" + text + "' is not an address block: " + why
                + "; write it like 10.0.0.0/8, 192.168.1.7 or fd00::/8");
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((bytes[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
