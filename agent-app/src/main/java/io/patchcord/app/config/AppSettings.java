package io.patchcord.app.config;

import io.patchcord.app.config.Setting.Handling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of the program itself; those of the providers come from the providers. */
public final class AppSettings {

    private static final String FILES = "Where settings come from";
    private static final String CALLS = "Calls";
    private static final String ASTERISK = "Asterisk";
    private static final String SERVICE = "Health and logging";

    public static final Setting<Path> CONFIG_FILE = Setting.of(
                    FILES, "PATCHCORD_CONFIG", ValueType.FILE, "", "YAML file; patchcord.yaml is read if it is there")
            .withFlag("--config");
    public static final Setting<Path> ENV_FILE = Setting.of(
                    FILES,
                    "PATCHCORD_ENV_FILE",
                    ValueType.FILE,
                    "",
                    "File of NAME=value lines; .env is read if it is there")
            .withFlag("--env-file");

    public static final Setting<String> GREETING = Setting.of(
                    CALLS,
                    "GREETING",
                    ValueType.TEXT,
                    "",
                    "What the agent says first; without it, the provider's own greeting")
            .withHandling(Handling.LONG);
    public static final Setting<String> INSTRUCTIONS = Setting.of(
                    CALLS,
                    "INSTRUCTIONS",
                    ValueType.TEXT,
                    "",
                    "Who the agent is and how it behaves, for a language model")
            .withHandling(Handling.LONG);
    /** Not LANGUAGE, which in many an environment has the locale of the shell. */
    public static final Setting<String> LANGUAGE = Setting.of(
                    CALLS,
                    "AGENT_LANGUAGE",
                    ValueType.TEXT,
                    "en",
                    "What is spoken, as a BCP 47 tag such as en or de-CH")
            .withFlag("--language");

    public static final Setting<String> VOICE =
            Setting.of(CALLS, "VOICE", ValueType.TEXT, "", "Name of the voice, as the provider knows it");
    public static final Setting<Boolean> BARGE_IN =
            Setting.of(CALLS, "BARGE_IN", ValueType.FLAG, "true", "Whether callers may interrupt the agent");
    public static final Setting<Boolean> CHECK_KEYS = Setting.of(
            ProviderSettings.SECTION,
            "CHECK_KEYS",
            ValueType.FLAG,
            "true",
            "Whether services are asked at start if they take their keys");
    public static final Setting<Integer> MAX_CALLS = Setting.of(
            CALLS,
            "MAX_CALLS",
            ValueType.integer("N", 1, 10_000),
            "200",
            "Calls at the same time; one more goes on in its dialplan");
    public static final Setting<Duration> MAX_CALL_DURATION =
            Setting.of(CALLS, "MAX_CALL_DURATION", ValueType.POSITIVE_DURATION, "120m", "A longer call is ended");
    public static final Setting<Duration> SHUTDOWN_GRACE = Setting.of(
            CALLS,
            "SHUTDOWN_GRACE",
            ValueType.DURATION,
            "8s",
            "How long calls may go on after a request to stop, before they are ended");

    public static final Setting<String> AUDIOSOCKET_HOST = Setting.of(
            ASTERISK, "AUDIOSOCKET_HOST", ValueType.HOST, "127.0.0.1", "Address on which Asterisk's audio is awaited");
    public static final Setting<Integer> AUDIOSOCKET_PORT =
            Setting.of(ASTERISK, "AUDIOSOCKET_PORT", ValueType.PORT, "8090", "Port on which it is awaited");
    public static final Setting<String> AUDIOSOCKET_ADVERTISE = Setting.of(
            ASTERISK,
            "AUDIOSOCKET_ADVERTISE",
            ValueType.HOST_AND_PORT,
            "",
            "Where Asterisk finds that port, if it sees it elsewhere");
    public static final Setting<List<String>> AUDIOSOCKET_ALLOW = Setting.of(
            ASTERISK,
            "AUDIOSOCKET_ALLOW",
            ValueType.ADDRESS_BLOCKS,
            "",
            "Who may connect to it, such as 10.0.0.0/8,::1; all if not set");
    public static final Setting<String> ASTERISK_HOST =
            Setting.of(ASTERISK, "ASTERISK_HOST", ValueType.HOST, "127.0.0.1", "Address of Asterisk's HTTP server");
    public static final Setting<Integer> ASTERISK_ARI_PORT =
            Setting.of(ASTERISK, "ASTERISK_ARI_PORT", ValueType.PORT, "8088", "Its port");
    public static final Setting<String> ASTERISK_ARI_USERNAME = Setting.of(
            ASTERISK,
            "ASTERISK_ARI_USERNAME",
            ValueType.TEXT,
            "",
            "ARI user who may write; without one, only calls of AudioSocket() in the dialplan are taken");
    public static final Setting<String> ASTERISK_ARI_PASSWORD = Setting.of(
                    ASTERISK, "ASTERISK_ARI_PASSWORD", ValueType.TEXT, "", "Password of the ARI user")
            .withHandling(Handling.SECRET);
    public static final Setting<List<String>> ASTERISK_APP_NAME = Setting.of(
            ASTERISK,
            "ASTERISK_APP_NAME",
            ValueType.LIST,
            "asterisk-ai-voice-agent",
            "ARI applications, as the dialplan has them in Stasis(); no other program may use them");
    public static final Setting<Boolean> ASTERISK_ARI_TLS =
            Setting.of(ASTERISK, "ASTERISK_ARI_TLS", ValueType.FLAG, "false", "Whether ARI is reached by https");
    public static final Setting<Path> ASTERISK_ARI_CA = Setting.of(
            ASTERISK, "ASTERISK_ARI_CA", ValueType.FILE, "", "PEM file of the authority that signed its certificate");
    public static final Setting<String> ASTERISK_ARI_PREFIX = Setting.of(
            ASTERISK, "ASTERISK_ARI_PREFIX", ValueType.TEXT, "", "The prefix in Asterisk's http.conf, if it has one");
    public static final Setting<String> TRANSFER_CONTEXT = Setting.of(
            ASTERISK,
            "TRANSFER_CONTEXT",
            ValueType.TEXT,
            "from-internal",
            "Dialplan context in which extensions are dialled to which callers are handed on");

    public static final Setting<String> HEALTH_HOST =
            Setting.of(SERVICE, "HEALTH_HOST", ValueType.HOST, "127.0.0.1", "Address of /health, /live and /ready");
    public static final Setting<Integer> HEALTH_PORT =
            Setting.of(SERVICE, "HEALTH_PORT", ValueType.PORT, "15000", "Its port");
    public static final Setting<String> LOG_LEVEL = Setting.of(
            SERVICE,
            "LOG_LEVEL",
            ValueType.choice(List.of("error", "warn", "info", "debug", "trace")),
            "info",
            "How much is logged");
    public static final Setting<String> LOG_FORMAT = Setting.of(
            SERVICE,
            "LOG_FORMAT",
            ValueType.choice(List.of("text", "json")),
            "text",
            "For people, or one JSON object a line");

    private AppSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                CONFIG_FILE,
                ENV_FILE,
                GREETING,
                INSTRUCTIONS,
                LANGUAGE,
                VOICE,
                BARGE_IN,
                CHECK_KEYS,
                MAX_CALLS,
                MAX_CALL_DURATION,
                SHUTDOWN_GRACE,
                AUDIOSOCKET_HOST,
                AUDIOSOCKET_PORT,
                AUDIOSOCKET_ADVERTISE,
                AUDIOSOCKET_ALLOW,
                ASTERISK_HOST,
                ASTERISK_ARI_PORT,
                ASTERISK_ARI_USERNAME,
                ASTERISK_ARI_PASSWORD,
                ASTERISK_APP_NAME,
                ASTERISK_ARI_TLS,
                ASTERISK_ARI_CA,
                ASTERISK_ARI_PREFIX,
                TRANSFER_CONTEXT,
                HEALTH_HOST,
                HEALTH_PORT,
                LOG_LEVEL,
                LOG_FORMAT);
    }
}
