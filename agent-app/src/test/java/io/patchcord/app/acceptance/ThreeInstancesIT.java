package io.patchcord.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.app.caller.TestSpeech;
import io.patchcord.ari.lab.AsteriskLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The three instances of {@code examples/instances} side by side at one Asterisk, each with its file as it is there. */
class ThreeInstancesIT {

    private static final Path FILES = Path.of("..", "examples", "instances").toAbsolutePath();
    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
    private static final Map<String, AgentProcess> AGENTS = new HashMap<>();

    private static AsteriskLab lab;
    private static TestSpeech speech;

    @BeforeAll
    static void start() {
        lab = started(AsteriskLab.start(22));
        speech = started(new TestSpeech());
        start("deepgram", started(new FakeService.Deepgram(speech)).settings());
        start("openai", started(new FakeService.OpenAi(speech)).settings());
        start("local", Map.of());
    }

    /** With what differs between the example and the lab: ports that are surely free, and the lab's password. */
    private static void start(String name, Map<String, String> service) {
        Map<String, String> settings = new HashMap<>(service);
        settings.put("PATCHCORD_ENV_FILE", FILES.resolve(".env." + name).toString());
        settings.put("ASTERISK_ARI_PASSWORD", name + "_agent");
        settings.put("AUDIOSOCKET_PORT", "0");
        settings.put("FAILOVER_VOICE", "none");
        AGENTS.put(name, started(AgentProcess.startJar(lab, "agent-app-" + name + ".jar", settings)));
    }

    private static <T extends AutoCloseable> T started(T started) {
        STARTED.push(started);
        return started;
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : STARTED) {
            each.close();
        }
    }

    @Test
    void eachAnswersItsExtension_allAtOnce_andTheOthersGoOnWithoutOne() {
        CompletableFuture<Path> deepgram = call("1001");
        CompletableFuture<Path> openAi = call("1002");
        CompletableFuture<Path> local = call("1003");

        assertThat(words(local)).contains("local");
        assertThat(words(openAi)).contains("open");
        assertThat(words(deepgram)).contains("deep");
        AGENTS.values().forEach(agent -> assertThat(agent.health()).contains("\"total\":1"));

        AGENTS.get("openai").close();

        assertThat(words(call("1001"))).contains("deep");
        assertThat(words(call("1003"))).contains("local");
        lab.assertNothingLeft(Duration.ofSeconds(10));
    }

    private static CompletableFuture<Path> call(String extension) {
        return lab.callAsync(extension, "--hear", "1000", "--bye", "--seconds", "30");
    }

    private static String words(CompletableFuture<Path> call) {
        return speech.read(call.join()).toLowerCase(Locale.ROOT);
    }
}
