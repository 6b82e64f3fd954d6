package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.provider.deepgram.ServiceAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Which models think, the first one that works, and on whose account: Deepgram's own, or the user's at a chat-completions
 * service that Deepgram calls.
 *
 * @param endpoint the user's own service, for the models of type {@code open_ai}
 */
record ThinkConfig(List<Model> models, OptionalDouble temperature, Optional<Endpoint> endpoint) {

    private static final String MODEL = "DEEPGRAM_AGENT_THINK_MODEL";
    private static final String TEMPERATURE = "DEEPGRAM_AGENT_TEMPERATURE";
    private static final String ACCOUNT = "DEEPGRAM_AGENT_THINK_ACCOUNT";
    private static final String URL = "DEEPGRAM_AGENT_THINK_URL";
    private static final String URL_KEY = "DEEPGRAM_AGENT_THINK_API_KEY";
    private static final String OPENAI_KEY = "OPENAI_API_KEY";
    private static final String OPENAI_URL = "OPENAI_BASE_URL";
    private static final String DEFAULT_MODEL = "gpt-4.1-mini";
    private static final String DEFAULT_OPENAI_URL = "https://api.openai.com/v1";
    private static final String OPENAI_TYPE = "open_ai";
    private static final Set<String> TYPES = Set.of(OPENAI_TYPE, "anthropic", "google", "groq");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|0\\.0\\.0\\.0|\\[?::1]?");

    static final List<ConfigKey> KEYS = List.of(
            ConfigKey.of(
                    MODEL,
                    "model that thinks in a Voice Agent, or several with commas between, the next one when one fails;"
                            + " others than OpenAI's as anthropic:NAME, google:NAME, groq:NAME",
                    DEFAULT_MODEL),
            ConfigKey.of(TEMPERATURE, "temperature of the model that thinks (its own unless set)", ""),
            ConfigKey.of(
                    ACCOUNT,
                    "whose account thinks: openai, with OPENAI_API_KEY, or deepgram (openai if that key is set)",
                    ""),
            ConfigKey.of(URL, "a chat-completions address of your own that thinks, which Deepgram can reach", ""),
            ConfigKey.secret(URL_KEY, "key of that address, if it wants one"),
            ConfigKey.secret(OPENAI_KEY, "key of the OpenAI API: the model thinks on its account"),
            ConfigKey.of(OPENAI_URL, "address that goes with OPENAI_API_KEY", DEFAULT_OPENAI_URL));

    /**
     * @param type of the service as Deepgram names it
     */
    record Model(String type, String name) {

        static Model parse(String text) {
            int colon = text.indexOf(':');
            String prefix = colon < 0 ? "" : text.substring(0, colon).strip();
            if (prefix.equals("aws_bedrock")) {
                throw Values.bad(
                        MODEL + "=" + text + ": models of Bedrock need credentials of AWS, which cannot be set");
            }
            return TYPES.contains(prefix)
                    ? new Model(prefix, text.substring(colon + 1).strip())
                    : new Model(OPENAI_TYPE, text);
        }

        boolean isOpenAi() {
            return type.equals(OPENAI_TYPE);
        }
    }

    /** Its text never shows the key. */
    record Endpoint(String url, Optional<String> key) {
        @Override
        public String toString() {
            return "Endpoint[" + url + "]";
        }
    }

    static ThinkConfig read(ProviderConfig config) {
        List<Model> models =
                Values.list(config, MODEL).stream().map(Model::parse).toList();
        if (models.isEmpty()) {
            models = List.of(Model.parse(DEFAULT_MODEL));
        }
        Optional<Endpoint> endpoint = endpoint(config);
        if (endpoint.isPresent() && models.stream().noneMatch(Model::isOpenAi)) {
            if (config.get(URL).isPresent()) {
                throw Values.bad(
                        URL + " is set, but no model of " + MODEL + " would use it: name one without a prefix");
            }
            endpoint = Optional.empty();
        }
        return new ThinkConfig(models, Values.number(config, TEMPERATURE, 0, 2), endpoint);
    }

    private static Optional<Endpoint> endpoint(ProviderConfig config) {
        Optional<String> account = config.get(ACCOUNT);
        Optional<String> url = config.get(URL);
        Optional<String> openAiKey = config.get(OPENAI_KEY);
        if (account.isPresent() && !Set.of("openai", "deepgram").contains(account.get())) {
            throw Values.bad(ACCOUNT + "=" + account.get() + ": write openai or deepgram");
        }
        if (url.isPresent()) {
            if (account.isPresent()) {
                throw Values.bad(ACCOUNT + " and " + URL + " are both set: leave one out");
            }
            checkReachable(URL, ServiceAddress.withQuery(URL, http(URL, url.get()), DEFAULT_OPENAI_URL));
            return Optional.of(new Endpoint(url.get(), config.get(URL_KEY)));
        }
        if (config.get(URL_KEY).isPresent()) {
            throw Values.bad(URL_KEY + " is set, but no " + URL + ": set it, or leave out the key");
        }
        if (account.isPresent() && account.get().equals("openai")) {
            config.require(OPENAI_KEY);
        }
        if (openAiKey.isEmpty() || account.filter("deepgram"::equals).isPresent()) {
            return Optional.empty();
        }
        String set = http(OPENAI_URL, config.get(OPENAI_URL, DEFAULT_OPENAI_URL));
        checkReachable(OPENAI_URL, ServiceAddress.of(OPENAI_URL, set, DEFAULT_OPENAI_URL));
        String base = set.replaceAll("/+$", "");
        return Optional.of(new Endpoint((base.endsWith("/v1") ? base : base + "/v1") + "/chat/completions", openAiKey));
    }

    private static void checkReachable(String name, HttpUrl url) {
        if (LOOPBACK.matcher(url.host()).matches()) {
            throw Values.bad(name + " is at " + url.host()
                    + ", but it is Deepgram's servers that call this address, and"
                    + " they cannot reach your machine by it: write a public one, or set " + ACCOUNT + "=deepgram");
        }
    }

    private static String http(String name, String text) {
        if (text.regionMatches(true, 0, "ws", 0, 2)) {
            throw Values.bad(name + " is no http address: write an address such as " + DEFAULT_OPENAI_URL);
        }
        return text;
    }

    /** In words, for the start-up log. */
    String description() {
        String first = models.get(0).name();
        return endpoint.filter(own -> models.get(0).isOpenAi())
                .map(own -> first + " at " + HttpUrl.get(own.url()).host())
                .orElse(first + " on Deepgram's account");
    }

    /**
     * The {@code think} of Settings: one model, or several in the order in which they are to be tried.
     *
     * @param prompt nothing is told to the model if it is blank
     * @param functions that it may call
     */
    JsonNode json(String prompt, ArrayNode functions) {
        ArrayNode all = functions.arrayNode();
        for (Model model : models) {
            ObjectNode think = all.addObject();
            ObjectNode provider =
                    think.putObject("provider").put("type", model.type()).put("model", model.name());
            temperature.ifPresent(value -> provider.put("temperature", value));
            endpoint.filter(own -> model.isOpenAi()).ifPresent(own -> address(think.putObject("endpoint"), own));
            if (!prompt.isBlank()) {
                think.put("prompt", prompt);
            }
            if (!functions.isEmpty()) {
                think.set("functions", functions);
            }
        }
        return all.size() == 1 ? all.get(0) : all;
    }

    private static void address(ObjectNode node, Endpoint own) {
        node.put("url", own.url());
        own.key().ifPresent(key -> node.putObject("headers").put("authorization", "Bearer " + key));
    }
}
