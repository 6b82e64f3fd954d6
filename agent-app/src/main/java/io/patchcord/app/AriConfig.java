package io.patchcord.app;

import io.patchcord.agent.asterisk.AriSettings;
import io.patchcord.app.config.AppSettings;
import io.patchcord.app.config.Configuration;
import java.net.URI;
import java.util.Optional;

/** How ARI is reached, by the configuration. */
final class AriConfig {

    private AriConfig() {}

    /** The settings of ARI, if a user is set. */
    static Optional<AriSettings> of(Configuration configuration) {
        return configuration
                .find(AppSettings.ASTERISK_ARI_USERNAME)
                .map(user -> new AriSettings(
                        base(configuration),
                        user,
                        configuration.find(AppSettings.ASTERISK_ARI_PASSWORD).orElse(""),
                        configuration.get(AppSettings.ASTERISK_APP_NAME),
                        configuration.find(AppSettings.ASTERISK_ARI_CA)));
    }

    static URI base(Configuration configuration) {
        String host = configuration.get(AppSettings.ASTERISK_HOST);
        String prefix =
                configuration.find(AppSettings.ASTERISK_ARI_PREFIX).orElse("").replaceAll("^/|/$", "");
        return URI.create((configuration.get(AppSettings.ASTERISK_ARI_TLS) ? "https://" : "http://")
                + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                + ":"
                + configuration.get(AppSettings.ASTERISK_ARI_PORT)
                + (prefix.isEmpty() ? "" : "/" + prefix));
    }
}
