package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFormat.Encoding;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.provider.deepgram.DeepgramKey;
import io.patchcord.provider.deepgram.ServiceAddress;
import io.patchcord.provider.socket.SocketRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * What is set for Voice Agents. Its text shows no key.
 *
 * @param url of the WebSocket
 * @param key of Deepgram's API
 * @param law of G.711 in both directions, if not the call's
 * @param tags under which Deepgram counts what is used
 * @param optOut whether Deepgram may not learn from the calls
 * @param connectTimeout from dialling to SettingsApplied
 * @param answerTimeout how long the service may be silent where it should speak
 * @param reconnectFor how long a connection that is lost is tried to be replaced
 */
record AgentConfig(
        URI url,
        String key,
        Optional<AudioFormat> law,
        ListenConfig listen,
        ThinkConfig think,
        SpeakConfig speak,
        List<String> tags,
        boolean optOut,
        Duration connectTimeout,
        Duration answerTimeout,
        Duration reconnectFor) {

    private static final String URL = "DEEPGRAM_AGENT_URL";
    private static final String BASE_URL = "DEEPGRAM_BASE_URL";
    private static final String ENCODING = "DEEPGRAM_AGENT_ENCODING";
    private static final String TAGS = "DEEPGRAM_AGENT_TAGS";
    private static final String OPT_OUT = "DEEPGRAM_MIP_OPT_OUT";
    private static final String CONNECT_TIMEOUT = "DEEPGRAM_AGENT_CONNECT_TIMEOUT";
    private static final String ANSWER_TIMEOUT = "DEEPGRAM_AGENT_ANSWER_TIMEOUT";
    private static final String RECONNECT_FOR = "DEEPGRAM_AGENT_RECONNECT_FOR";

    /** The host of Deepgram's SDKs for agents; their specification has the path at {@code api.deepgram.com} as well. */
    private static final String DEFAULT_URL = "wss://agent.deepgram.com/v1/agent/converse";

    /** Audio may come in pieces of any length; this is half an hour of it. */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static final String DEFAULT_BASE_URL = "https://api.deepgram.com";
    private static final String PATH = "v1/agent/converse";
    private static final String AUTO = "auto";
    private static final Map<String, AudioFormat> LAWS =
            Map.of("mulaw", AudioFormat.ULAW_8K, "alaw", AudioFormat.ALAW_8K);

    static final List<ConfigKey> KEYS = Stream.of(
                    List.of(
                            DeepgramKey.SETTING,
                            ConfigKey.of(
                                    URL,
                                    "address of Voice Agents, if it does not follow from DEEPGRAM_BASE_URL",
                                    DEFAULT_URL)),
                    ListenConfig.KEYS,
                    ThinkConfig.KEYS,
                    SpeakConfig.KEYS,
                    List.of(
                            ConfigKey.of(
                                    ENCODING,
                                    "law of a Voice Agent's audio: mulaw, alaw, or auto, which is the call's, or mulaw",
                                    AUTO),
                            ConfigKey.of(TAGS, "tags for Deepgram's usage report, with commas between", ""),
                            ConfigKey.of(
                                    OPT_OUT,
                                    "keep Deepgram from learning from the calls, which may cost more",
                                    "false"),
                            ConfigKey.of(CONNECT_TIMEOUT, "how long each try to connect a Voice Agent may take", "5s"),
                            ConfigKey.of(
                                    ANSWER_TIMEOUT,
                                    "how long a Voice Agent may be silent where it should answer",
                                    "10s"),
                            ConfigKey.of(
                                    RECONNECT_FOR,
                                    "how long a lost Voice Agent is tried to be reached again; 1s where another provider takes"
                                            + " over",
                                    "8s")))
            .flatMap(List::stream)
            .toList();

    static AgentConfig read(ProviderConfig config) {
        String key = DeepgramKey.read(config);
        String encoding = config.get(ENCODING, AUTO);
        if (!encoding.equals(AUTO) && !LAWS.containsKey(encoding)) {
            throw Values.bad(ENCODING + "=" + encoding + ": write mulaw, alaw or auto");
        }
        Duration least = Duration.ofMillis(100);
        Duration most = Duration.ofMinutes(1);
        return new AgentConfig(
                ServiceAddress.ofSocket(url(config)),
                key,
                Optional.ofNullable(LAWS.get(encoding)),
                ListenConfig.read(config),
                ThinkConfig.read(config),
                SpeakConfig.read(config),
                Values.list(config, TAGS),
                config.flag(OPT_OUT, false),
                Values.duration(config, CONNECT_TIMEOUT, Duration.ofSeconds(5), least, most),
                Values.duration(config, ANSWER_TIMEOUT, Duration.ofSeconds(10), least, most),
                Values.duration(config, RECONNECT_FOR, usualReconnection(config), Duration.ZERO, most));
    }

    private static Duration usualReconnection(ProviderConfig config) {
        return Duration.ofSeconds(config.hasStandIn() ? 1 : 8);
    }

    /** Whoever has chosen a region or a gateway does not want the calls to go anywhere else. */
    private static HttpUrl url(ProviderConfig config) {
        Optional<String> base =
                config.get(BASE_URL).filter(set -> config.get(URL).isEmpty());
        if (base.isPresent()) {
            return ServiceAddress.base(BASE_URL, base.get(), DEFAULT_BASE_URL)
                    .newBuilder()
                    .addPathSegments(PATH)
                    .build();
        }
        HttpUrl own = ServiceAddress.of(URL, config.get(URL, DEFAULT_URL), DEFAULT_URL);
        return own.encodedPath().equals("/")
                ? own.newBuilder().encodedPath("/" + PATH).build()
                : own;
    }

    /** The law for a call in this format: linear calls could have come over a trunk of either. */
    AudioFormat lawFor(AudioFormat call) {
        return law.orElse(call.encoding() == Encoding.ALAW ? AudioFormat.ALAW_8K : AudioFormat.ULAW_8K);
    }

    /** The handshake of a connection. */
    SocketRequest request() {
        return SocketRequest.to(url)
                .header("Authorization", "Token " + key)
                .withHandshakeTimeout(connectTimeout)
                .withMaxMessageBytes(MAX_MESSAGE_BYTES);
    }

    /** A text of the service's, which may repeat what it was told, without the keys. */
    String withoutKeys(String text) {
        String clean = text.replace(key, "(key)");
        return think.endpoint()
                .flatMap(ThinkConfig.Endpoint::key)
                .map(other -> clean.replace(other, "(key)"))
                .orElse(clean);
    }

    /** Also of one that {@link URI} knows only as an authority, as it has an underline in it. */
    private String host() {
        return url.getRawAuthority().replaceFirst(":\\d+$", "");
    }

    String description() {
        return "Voice Agent at " + host() + ": " + listen.model() + ", " + think.description() + ", "
                + speak.models().get(0);
    }

    @Override
    public String toString() {
        return "AgentConfig[" + description() + "]";
    }
}
