package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.openai.compatible.KeyFilter;
import io.patchcord.openai.compatible.ServerOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the API is and as whom it is asked. Its text never shows the key. Immutable.
 *
 * @param baseUrl http or https, ending in {@code /v1}
 * @param organization that is billed, if the key has several
 * @param project that is billed, if the organization has several
 */
record OpenAiAccount(URI baseUrl, String key, Optional<String> organization, Optional<String> project) {

    static final String API_KEY = "OPENAI_API_KEY";
    static final String BASE_URL = "OPENAI_BASE_URL";
    static final String ORGANIZATION = "OPENAI_ORG_ID";
    static final String PROJECT = "OPENAI_PROJECT_ID";
    static final String DEFAULT_BASE_URL = "https://api.openai.com/v1";

    private static final String OPENAI = "openai.com";
    private static final String ORGANIZATION_HEADER = "OpenAI-Organization";
    private static final String PROJECT_HEADER = "OpenAI-Project";

    static List<ConfigKey> keys() {
        return List.of(
                ConfigKey.secret(API_KEY, "key of the OpenAI API"),
                ConfigKey.of(BASE_URL, "address of the API, for gateways and compatible servers", DEFAULT_BASE_URL),
                ConfigKey.of(ORGANIZATION, "organization that is billed, if the key has several", ""),
                ConfigKey.of(PROJECT, "project that is billed, if the organization has several", ""));
    }

    /**
     * Reads the settings.
     *
     * @throws ProviderException of kind CONFIGURATION that names the setting, and never shows the key
     */
    static OpenAiAccount from(ProviderConfig config) {
        String key = config.require(API_KEY);
        if (!isPlain(key)) {
            throw bad(API_KEY + " holds a blank, or a character that no key has; copy it again");
        }
        Optional<String> organization = header(config, ORGANIZATION);
        Optional<String> project = header(config, PROJECT);
        return new OpenAiAccount(baseUrl(config.get(BASE_URL, DEFAULT_BASE_URL)), key, organization, project);
    }

    private static Optional<String> header(ProviderConfig config, String name) {
        Optional<String> value = config.get(name);
        if (value.isPresent() && !isPlain(value.get())) {
            throw bad(name + "=" + value.get() + ": write the id alone, without blanks");
        }
        return value;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static URI baseUrl(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getRawUserInfo() == null) {
                String path = url.getRawPath().replaceAll("/+$", "");
                return new URI(
                        url.getScheme() + "://" + url.getRawAuthority() + (path.endsWith("/v1") ? path : path + "/v1"));
            }
        } catch (URISyntaxException e) {
            // Told below, together with an address of another kind.
        }
        throw bad(BASE_URL + "=" + text + ": write an http or https address such as " + DEFAULT_BASE_URL);
    }

    private static ProviderException bad(String message) {
        return new ProviderException(Kind.CONFIGURATION, message);
    }

    /** Whether this is OpenAI itself, in any of its regions, and no compatible server or gateway. */
    boolean isOpenAi() {
        String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
        return host.equals(OPENAI) || host.endsWith("." + OPENAI);
    }

    /** Tells a client of one of the HTTP endpoints who asks. */
    <B extends ServerOptions<B>> B identify(B client) {
        organization.ifPresent(id -> client.header(ORGANIZATION_HEADER, id));
        project.ifPresent(id -> client.header(PROJECT_HEADER, id));
        return client.apiKey(key).keyName(API_KEY);
    }

    /** What every request carries. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + key);
        organization.ifPresent(id -> headers.put(ORGANIZATION_HEADER, id));
        project.ifPresent(id -> headers.put(PROJECT_HEADER, id));
        return headers;
    }

    /** The address of the Realtime API with its one query parameter; encrypted unless the user gave an address that is not. */
    URI realtime(String parameter, String value) {
        String scheme = baseUrl.getScheme().equalsIgnoreCase("https") ? "wss" : "ws";
        return URI.create(scheme + "://" + baseUrl.getRawAuthority() + baseUrl.getRawPath() + "/realtime?" + parameter
                + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** Words of a server's without the key, which it may have echoed. */
    String withoutKey(String words) {
        return new KeyFilter(List.of(key)).withoutKeys(words);
    }

    @Override
    public String toString() {
        return "OpenAiAccount[" + baseUrl + "]";
    }
}
