package io.patchcord.provider.local.stt;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.openai.compatible.TranscriptionEngine;
import io.patchcord.provider.local.pool.JobPool;
import io.patchcord.provider.local.server.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Speech to text under the name {@code local}: in process by Moonshine tiny (English), or by a server of the user's own.
 */
public final class MoonshineSttProvider implements SttProvider {

    private static final String THREADS = "LOCAL_STT_THREADS";
    private static final String QUEUE = "LOCAL_STT_QUEUE";
    private static final String TIMEOUT = "LOCAL_STT_TIMEOUT";
    private static final ServerSettings SERVER = new ServerSettings("LOCAL_STT");
    private static final String LANGUAGE = "LOCAL_STT_LANGUAGE";
    private static final String PROMPT = "LOCAL_STT_PROMPT";
    private static final int DEFAULT_QUEUE = 32;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<ConfigKey> configKeys() {
        List<ConfigKey> server = SERVER.keys("that recognises speech instead", "http://127.0.0.1:8000/v1");
        List<ConfigKey> own = List.of(
                ConfigKey.of(LANGUAGE, "what is spoken, for that server: such as en; it finds out unless set", ""),
                ConfigKey.of(PROMPT, "names and words that callers may use, for that server", ""),
                ConfigKey.of(THREADS, "threads for speech recognition: as many as cores, unless set", ""),
                ConfigKey.of(
                        QUEUE, "utterances that may wait for a thread before callers are told that we are busy", "32"),
                ConfigKey.of(TIMEOUT, "how long the recognition of an utterance may take, waiting included", "5s"));
        return Stream.concat(own.stream(), server.stream()).toList();
    }

    @Override
    public SttEngine create(ProviderConfig config) {
        int threads = config.integer(THREADS, Runtime.getRuntime().availableProcessors(), 1, 256);
        int queue = config.integer(QUEUE, DEFAULT_QUEUE, 1, 10_000);
        Duration timeout = config.duration(TIMEOUT, DEFAULT_TIMEOUT);
        return SERVER.read(config, LANGUAGE, PROMPT)
                .<SttEngine>map(server -> remote(server, config, timeout))
                .orElseGet(
                        () -> new MoonshineSttEngine(new JobPool("patchcord-stt", threads, queue, timeout), threads));
    }

    private static SttEngine remote(ServerSettings.Server server, ProviderConfig config, Duration timeout) {
        TranscriptionEngine.Builder builder = TranscriptionEngine.builder(server.url(), server.model())
                .keyName(server.keyName())
                .timeout(timeout);
        server.key().ifPresent(builder::apiKey);
        config.get(LANGUAGE).ifPresent(builder::language);
        config.get(PROMPT).ifPresent(builder::prompt);
        return builder.build();
    }
}
