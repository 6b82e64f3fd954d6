package io.patchcord.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.app.caller.TestSpeech;
import io.patchcord.ari.lab.AsteriskLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The three instances of {@code examples/instances} side by side at one Asterisk, each with its file as it is there. */
class ThreeInstancesIT {

    private static final Path FILES = Path.of("..", "examples", "instances").toAbsolutePath();
    private static final String GREETING = "hello, this is the %s agent. how can i help you?";
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

        assertThat(greetedBy(local)).isEqualTo("local");
        assertThat(greetedBy(openAi)).isEqualTo("openai");
        assertThat(greetedBy(deepgram)).isEqualTo("deepgram");
        AGENTS.values().forEach(agent -> assertThat(agent.health()).contains("\"total\":1"));

        AGENTS.get("openai").close();

        assertThat(greetedBy(call("1001"))).isEqualTo("deepgram");
        assertThat(greetedBy(call("1003"))).isEqualTo("local");
        lab.assertNothingLeft(Duration.ofSeconds(10));
    }

    private static CompletableFuture<Path> call(String extension) {
        return lab.callAsync(extension, "--hear", "1000", "--bye", "--seconds", "30");
    }

    /**
     * The instance whose greeting is nearest to what was heard: "OpenAI" is no word that recognition knows, and one time in
     * thirty it comes out as "okanai".
     */
    private static String greetedBy(CompletableFuture<Path> call) {
        String heard = speech.read(call.join()).toLowerCase(Locale.ROOT);
        assertThat(heard).contains("hello, this is the");
        return Collections.min(
                AGENTS.keySet(), Comparator.comparingInt(name -> edits(heard, GREETING.formatted(name))));
    }

    /** Letters that have to be put in, taken out or changed to make one text of the other (Levenshtein's distance). */
    private static int edits(String from, String to) {
        int[] above = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
