package io.patchcord.provider.socket;

import java.net.URI;
import java.util.Locale;

/**
 * The server that an address names. Read from the authority, as Java sees no host in names with an underscore, which Compose
 * makes.
 *
 * @param host name or literal address, the latter without brackets
 */
record Peer(String host, int port, boolean tls) {

    private static final int WS_PORT = 80;
    private static final int WSS_PORT = 443;

    /**
     * @throws IllegalArgumentException if it is no ws or wss address with a host
     */
    static Peer of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("wss");
        String authority = uri.getRawAuthority();
        if ((!tls && !scheme.equals("ws")) || authority == null) {
            throw new IllegalArgumentException("not a ws or wss address with a host");
        }
        if (authority.contains("@") || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the address holds a user or a fragment; credentials go into a header");
        }
        int colon = authority.indexOf(':', authority.indexOf(']') + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int usual = tls ? WSS_PORT : WS_PORT;
        int port = colon < 0 ? usual : port(authority.substring(colon + 1));
        if (host.isEmpty()) {
            throw new IllegalArgumentException("not a ws or wss address with a host");
        }
        return new Peer(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, tls);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 0xFFFF || Integer.parseInt(text) == 0) {
            throw new IllegalArgumentException("the address has a port that is none");
        }
        return Integer.parseInt(text);
    }

    /** What the Host header says: the port only where it is not the usual one. */
    String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? WSS_PORT : WS_PORT) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
