package io.patchcord.provider.local.tts;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.openai.compatible.SpeechEngine;
import io.patchcord.provider.local.server.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local voice, {@code rms} of flite: where Debian's {@code libflite1} is installed natively, elsewhere in the JVM; or the
 * voice of a server of the user's own. Thread-safe.
 */
public final class LocalTtsProvider implements TtsProvider {

    private static final Logger log = LoggerFactory.getLogger(LocalTtsProvider.class);

    private static final String ENGINE = "LOCAL_TTS_ENGINE";
    private static final String THREADS = "LOCAL_TTS_THREADS";
    private static final String QUEUE = "LOCAL_TTS_QUEUE";
    private static final String DEADLINE = "LOCAL_TTS_DEADLINE";
    private static final String WARM_UP = "LOCAL_TTS_WARM_UP";

    private static final ServerSettings SERVER = new ServerSettings("LOCAL_TTS");
    private static final String VOICE = "LOCAL_TTS_VOICE";
    private static final String SPEED = "LOCAL_TTS_SPEED";
    private static final String SAMPLE_RATE = "LOCAL_TTS_SAMPLE_RATE";

    private static final int WARM_UP_UTTERANCES = 30;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<ConfigKey> configKeys() {
        List<ConfigKey> server = SERVER.keys("that speaks instead", "http://127.0.0.1:8880/v1");
        List<ConfigKey> own = List.of(
                ConfigKey.of(VOICE, "the voice on that server, such as af_heart", ""),
                ConfigKey.of(SPEED, "how fast that server speaks, 0.25 to 4", ""),
                ConfigKey.of(
                        SAMPLE_RATE,
                        "rate to ask that server for, such as 8000, if it knows sample_rate; 24000 unless set",
                        ""),
                ConfigKey.of(
                        ENGINE, "flite from the system's library (native), in the JVM (embedded), or auto", "auto"),
                ConfigKey.of(THREADS, "how many utterances are made at once", "one for each core"),
                ConfigKey.of(QUEUE, "how many utterances may wait", "64"),
                ConfigKey.of(DEADLINE, "how long a clause may take to make", "10s"),
                ConfigKey.of(WARM_UP, "utterances spoken to nobody at the start", "30"));
        return Stream.concat(own.stream(), server.stream()).toList();
    }

    @Override
    public TtsEngine create(ProviderConfig config) {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = config.integer(THREADS, cores, 1, 64);
        int queue = config.integer(QUEUE, 64, 1, 10_000);
        int warmUps = config.integer(WARM_UP, WARM_UP_UTTERANCES, 0, 1_000);
        Duration deadline = config.duration(DEADLINE, Duration.ofSeconds(10));
        if (deadline.isZero() || deadline.isNegative()) {
            throw bad(DEADLINE + " must be more than nothing, such as 10s");
        }
        Optional<ServerSettings.Server> server = SERVER.read(config, VOICE, SPEED, SAMPLE_RATE);
        if (server.isPresent()) {
            return remote(server.get(), config, deadline);
        }
        Optional<NativeFlite.Libraries> libraries = libraries(config);
        long start = System.nanoTime();
        VoicePool pool = libraries
                .map(found -> new VoicePool(() -> NativeFlite.open(found), threads, queue, warmUps))
                .orElseGet(() -> embedded(threads, queue, warmUps));
        boolean warm = pool.awaitWarm(LONGEST_WARM_UP);
        String description = "flite " + LocalTtsEngine.VOICE + ", " + (libraries.isPresent() ? "native" : "embedded")
                + ", " + threads + (threads == 1 ? " thread" : " threads");
        log.info(
                "local voice: {}, {} after {} ms",
                description,
                warm ? "warm" : "still warming up",
                (System.nanoTime() - start) / 1_000_000);
        return new LocalTtsEngine(pool, description, deadline);
    }

    private static TtsEngine remote(ServerSettings.Server server, ProviderConfig config, Duration timeout) {
        SpeechEngine.Builder builder = SpeechEngine.builder(server.url(), server.model(), config.require(VOICE))
                .keyName(server.keyName())
                .timeout(timeout);
        server.key().ifPresent(builder::apiKey);
        if (config.get(SPEED).isPresent()) {
            builder.speed(config.number(SPEED, 1, 0.25, 4));
        }
        if (config.get(SAMPLE_RATE).isPresent()) {
            builder.sampleRate(config.integer(SAMPLE_RATE, 24_000, 8_000, 48_000), true);
        }
        return builder.build();
    }

    private static VoicePool embedded(int threads, int queue, int warmUps) {
        FliteImage image = FliteImage.load();
        return new VoicePool(() -> new EmbeddedFlite(image), threads, queue, warmUps);
    }

    private static Optional<NativeFlite.Libraries> libraries(ProviderConfig config) {
        String engine = config.get(ENGINE, "auto").toLowerCase(Locale.ROOT);
        Optional<NativeFlite.Libraries> found = engine.equals("embedded") ? Optional.empty() : NativeFlite.find();
        return switch (engine) {
            case "auto", "embedded" -> found;
            case "native" ->
                Optional.of(found.orElseThrow(() -> bad(ENGINE
                        + "=native, but flite's libraries cannot be loaded: install them (Debian: apt-get install libflite1),"
                        + " or write auto")));
            default -> throw bad(ENGINE + "=" + engine + ": write auto, embedded or native");
        };
    }

    private static ProviderException bad(String message) {
        return new ProviderException(ProviderException.Kind.CONFIGURATION, message);
    }
}
