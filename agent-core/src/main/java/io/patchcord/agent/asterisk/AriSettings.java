package io.patchcord.agent.asterisk;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How Asterisk's REST interface is reached.
 *
 * @param base such as {@code http://127.0.0.1:8088}, with the prefix of http.conf if it has one
 * @param user that may write
 * @param password of the user; never shown
 * @param applications that this agent serves; no other program may use them
 * @param certificateAuthority a PEM file, for https with an own authority
 */
public record AriSettings(
        URI base, String user, String password, List<String> applications, Optional<Path> certificateAuthority) {

    public AriSettings {
        applications = List.copyOf(applications);
        if (applications.isEmpty()) {
            throw new IllegalArgumentException(
                    "no ARI application: name at least one, as the dialplan has it in Stasis()");
        }
    }

    @Override
    public String toString() {
        return "AriSettings[" + base + ", user " + user + ", applications " + applications + "]";
    }
}
