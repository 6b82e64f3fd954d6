package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Reads the addresses of a service that users set: https or wss, and http or ws where they say so. One that cannot work is refused
 * with the reason, the setting, and an address that could; neither a user nor a query is repeated, as both may be secret.
 */
public final class ServiceAddress {

    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:http|ws)(s?)://([^/?#]*)(.*)");
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?i)([a-z][a-z0-9+.-]*)://.*");
    private static final Pattern PORT = Pattern.compile(".*:([^:\\]]*)");
    private static final int MOST_PORT = 65_535;

    private ServiceAddress() {}

    /**
     * An address without a query.
     *
     * @param setting whose value it is
     * @param example of an address that could stand there
     * @throws ProviderException of kind CONFIGURATION
     */
    public static HttpUrl of(String setting, String text, String example) {
        HttpUrl url = withQuery(setting, text, example);
        if (text.contains("?") || text.contains("#")) {
            throw bad(setting, "has a query or a fragment (what follows ? or #), which would not be sent", example);
        }
        return url;
    }

    /**
     * An address that others are made of. A version at the end of its path is taken away, and there is a slash instead.
     *
     * @param setting whose value it is
     * @param example of an address that could stand there
     * @throws ProviderException of kind CONFIGURATION
     */
    public static HttpUrl base(String setting, String text, String example) {
        HttpUrl url = of(setting, text, example);
        String path = url.encodedPath().replaceAll("/+$", "").replaceAll("/v[12]$", "");
        return url.newBuilder().encodedPath(path + "/").build();
    }

    /**
     * An address that may have a query.
     *
     * @param setting whose value it is
     * @param example of an address that could stand there
     * @throws ProviderException of kind CONFIGURATION
     */
    public static HttpUrl withQuery(String setting, String text, String example) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            Matcher other = OTHER_SCHEME.matcher(text);
            throw bad(
                    setting,
                    other.matches()
                            ? "begins with " + other.group(1) + "://, which is no way to the service"
                            : "has no https:// or wss:// at its beginning",
                    example);
        }
        String authority = address.group(2);
        if (authority.contains("@")) {
            throw bad(setting, "has a user or a password in it", example);
        }
        Matcher port = PORT.matcher(authority);
        if (port.matches() && !isPort(port.group(1))) {
            throw bad(setting, "has the port " + port.group(1) + ", which is none from 1 to " + MOST_PORT, example);
        }
        HttpUrl url = HttpUrl.parse("http" + address.group(1) + "://" + authority + address.group(3));
        if (url == null || authority.isEmpty()) {
            throw bad(setting, "names no host that there could be", example);
        }
        return url;
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_PORT;
    }

    private static ProviderException bad(String setting, String reason, String example) {
        return new ProviderException(
                Kind.CONFIGURATION, setting + " " + reason + ": write an address such as " + example);
    }

    /** The same address for a WebSocket. */
    public static URI ofSocket(HttpUrl url) {
        return URI.create(url.toString().replaceFirst("^http", "ws"));
    }
}
