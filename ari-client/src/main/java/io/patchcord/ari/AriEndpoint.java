package io.patchcord.ari;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import javax.net.ssl.SSLException;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Where Asterisk is and who we are. The credentials leave this class as the Authorization header of a request and in no
 * other way.
 */
final class AriEndpoint {

    private final HttpUrl base;
    private final String authorization;

    private AriEndpoint(HttpUrl base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** An endpoint for {@code http(s)://host:port[/prefix][/ari]}. */
    static AriEndpoint of(URI uri, String user, String password) {
        // The authority and not the host, which Java does not see in names with an underscore, as compose makes them.
        HttpUrl url = uri.getRawAuthority() == null ? null : HttpUrl.get(uri);
        if (url == null) {
            throw new IllegalArgumentException(
                    "no http or https URI with a host; give something like http://127.0.0.1:8088");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new IllegalArgumentException("the ARI URI for " + url.host()
                    + " holds credentials, which would end up in logs; give user and password apart");
        }
        if (url.query() != null || url.fragment() != null) {
            throw new IllegalArgumentException("the ARI URI for " + url.host() + " has a query; give it without");
        }
        if (user.isEmpty() || user.contains(":")) {
            throw new IllegalArgumentException("the ARI user must be a name without a colon");
        }
        return new AriEndpoint(underAri(url), Credentials.basic(user, password, StandardCharsets.UTF_8));
    }

    private static HttpUrl underAri(HttpUrl url) {
        HttpUrl.Builder path = url.newBuilder().encodedPath("/");
        url.pathSegments().stream().filter(segment -> !segment.isEmpty()).forEach(path::addPathSegment);
        boolean complete = path.build().pathSegments().contains("ari");
        return complete ? path.build() : path.addPathSegment("ari").build();
    }

    HttpUrl base() {
        return base;
    }

    /** The address of the events socket for a set of applications. */
    HttpUrl events(Collection<String> applications) {
        return base.newBuilder()
                .addPathSegment("events")
                .addQueryParameter("app", String.join(",", applications))
                .build();
    }

    Request.Builder authorized(HttpUrl url) {
        return new Request.Builder().url(url).header("Authorization", authorization);
    }

    /** Scheme, host and port, for messages. */
    String address() {
        return base.scheme() + "://" + base.host() + ":" + base.port();
    }

    /** A failure of the network in words that say what to look at. */
    String explain(IOException e) {
        String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof UnknownHostException) {
            return "the host name is not known";
        }
        if (e instanceof ConnectException) {
            return words + " (is Asterisk running, and its HTTP server enabled in http.conf?)";
        }
        if (e instanceof InterruptedIOException) {
            return words + " (no answer in time)";
        }
        if (e instanceof SSLException) {
            return words
                    + (base.isHttps()
                            ? " (TLS: is the certificate signed by the trusted CA, for this host name?)"
                            : "");
        }
        return words;
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
