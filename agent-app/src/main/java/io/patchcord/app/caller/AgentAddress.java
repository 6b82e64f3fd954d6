package io.patchcord.app.caller;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code host:port} and {@code [v6]:port}. */
final class AgentAddress implements ITypeConverter<InetSocketAddress> {

    @Override
    public InetSocketAddress convert(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (!host.isEmpty() && port > 0 && port <= 65_535) {
                InetSocketAddress address = new InetSocketAddress(host, port);
                if (!address.isUnresolved()) {
                    return address;
                }
                throw new TypeConversionException("there is no address for the name '" + host + "'");
            }
        } catch (NumberFormatException e) {
            // Told below, together with a missing host.
        }
        throw new TypeConversionException("write HOST:PORT, such as 127.0.0.1:8090");
    }
}
