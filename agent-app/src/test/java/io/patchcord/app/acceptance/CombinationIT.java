package io.patchcord.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.app.caller.TestSpeech;
import io.patchcord.ari.lab.AsteriskLab;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code agent-app.jar} with providers that work together, or stand in for each other, at a real Asterisk 22. */
class CombinationIT {

    /** Leads to the application {@code local-ai}. */
    private static final String EXTENSION = "1003";

    private static AsteriskLab lab;
    private static TestSpeech speech;
    private static Path openingHours;
    private static Path person;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private FakeSocketServer ears;
    private FakeModel model;

    @BeforeAll
    static void startLab() {
        lab = AsteriskLab.start(22);
        speech = new TestSpeech();
        openingHours = speech.say("What are your opening hours?", lab.runDir().resolve("hours.wav"));
        person = speech.say("I would like to speak to a person.", lab.runDir().resolve("person.wav"));
    }

    @AfterAll
    static void stopLab() {
        if (speech != null) {
            speech.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void startServices() {
        ears = started(FakeSocketServer.start());
        ears.serve(() -> new FakeEars(CombinationIT::understand, connection -> {}));
        model = started(new FakeModel());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        try {
            lab.assertNothingLeft(Duration.ofSeconds(10));
        } finally {
            for (AutoCloseable each : started) {
                each.close();
            }
        }
    }

    @Test
    void deepgramHears_openAiThinks_theLocalVoiceSpeaks() {
        AgentProcess agent =
                start(Map.of("STT_PROVIDER", "deepgram", "LLM_PROVIDER", "openai", "TTS_PROVIDER", "local"));

        Path heard = lab.call(
                EXTENSION,
                "--hear",
                "700",
                "--say",
                openingHours.toString(),
                "--hear",
                "1000",
                "--say",
                person.toString(),
                "--hear",
                "1500",
                "--pause",
                "4",
                "--bye",
                "--seconds",
                "50");

        assertThat(words(heard)).contains("help").contains("open").contains("friday");
        agent.awaitLog("transferred after");
        assertThat(model.questions()).hasSize(2).first().asString().contains("opening hours");
    }

    @Test
    void recogniserAndModelAreLostInTheCall_theLocalOnesGoOn() {
        AgentProcess agent = start(
                Map.of("STT_PROVIDER", "deepgram,local", "LLM_PROVIDER", "openai,local", "TTS_PROVIDER", "local"));
        model.breaksOff();
        ears.serve(() -> new FakeEars(CombinationIT::understand, connection -> {
            ears.answer(HandshakeAnswer.refuse(503, Map.of(), ""));
            connection.reset();
        }));

        Path heard = lab.call(EXTENSION, twoQuestions());

        assertThat(model.questions()).isNotEmpty();
        assertThat(words(heard).split("open", -1)).as("both answers").hasSizeGreaterThan(2);
        agent.awaitLog("caller hung up after");
        assertThat(agent.log()).doesNotContain("provider failed after");
    }

    @Test
    void serviceIsLostInTheMiddleOfTheGreeting_theLocalAgentSaysItsRest_andGoesOn() {
        FakeService.OpenAi service = started(new FakeService.OpenAi(speech));
        Map<String, String> settings = new HashMap<>(service.settings());
        settings.put("AI_PROVIDER", "openai,local");
        settings.put("ASTERISK_APP_NAME", "openai-ai");
        AgentProcess agent = start(settings);
        service.diesAfter(4);

        Path heard = lab.call("1002", twoQuestions());

        assertThat(words(heard)).contains("help").contains("open");
        agent.awaitLog("caller hung up after");
        assertThat(agent.log()).contains("openai failed: ").doesNotContain("provider failed after");
    }

    /** Of a caller who lets the agent find its way back when it is cut off. */
    private static String[] twoQuestions() {
        return new String[] {
            "--hear",
            "2500",
            "--say",
            openingHours.toString(),
            "--hear",
            "2500",
            "--say",
            openingHours.toString(),
            "--hear",
            "2500",
            "--bye",
            "--seconds",
            "60"
        };
    }

    private static String understand(AudioFrame audio) {
        return speech.hear(audio).toLowerCase(Locale.ROOT);
    }

    private AgentProcess start(Map<String, String> choice) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "ASTERISK_ARI_USERNAME",
                "local_agent",
                "ASTERISK_ARI_PASSWORD",
                "local_agent",
                "ASTERISK_APP_NAME",
                "local-ai",
                "AUDIOSOCKET_PORT",
                "0",
                "GREETING",
                "Hello, how can I help you?",
                "DEEPGRAM_API_KEY",
                "dg-test",
                "DEEPGRAM_BASE_URL",
                "http://127.0.0.1:" + ears.port(),
                "OPENAI_API_KEY",
                "sk-test",
                "CHECK_KEYS",
                "false"));
        settings.put("OPENAI_BASE_URL", model.baseUrl());
        settings.putAll(choice);
        return started(AgentProcess.startJar(lab, "agent-app.jar", settings));
    }

    private <T extends AutoCloseable> T started(T each) {
        started.push(each);
        return each;
    }

    private static String words(Path heard) {
        return speech.read(heard).toLowerCase(Locale.ROOT);
    }
}
