package io.patchcord.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.app.caller.TestSpeech;
import io.patchcord.ari.lab.AsteriskLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers at a real Asterisk 22 and the jar of one service, as an administrator starts it; the service is a fake on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServiceContract {

    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(10);
    private static final int CUTS = 50;
    private static final int CALLS_AT_ONCE = 5;
    private static final int MOST_CALLS = 20;

    private AsteriskLab lab;
    private TestSpeech speech;
    private FakeService service;
    private AgentProcess agent;
    private Path openingHours;
    private Path person;

    /** Such as {@code openai}: of the jar, the provider and the ARI application. */
    abstract String name();

    abstract FakeService service(TestSpeech voice);

    /** The extensions that lead to it. */
    abstract List<String> extensions();

    @BeforeAll
    void start() {
        lab = AsteriskLab.start(22);
        speech = new TestSpeech();
        openingHours = speech.say("What are your opening hours?", lab.runDir().resolve("hours.wav"));
        person = speech.say("I would like to speak to a person.", lab.runDir().resolve("person.wav"));
        service = service(speech);
        Map<String, String> settings = new HashMap<>(service.settings());
        settings.putAll(Map.of(
                "ASTERISK_ARI_USERNAME",
                name() + "_agent",
                "ASTERISK_ARI_PASSWORD",
                name() + "_agent",
                "ASTERISK_APP_NAME",
                name() + "-ai,asterisk-ai-voice-agent",
                "AUDIOSOCKET_PORT",
                "0",
                "GREETING",
                "Hello, how can I help you?",
                "FAILOVER_VOICE",
                "none"));
        agent = AgentProcess.startJar(lab, "agent-app-" + name() + ".jar", settings);
    }

    @AfterAll
    void stop() {
        for (AutoCloseable started : new AutoCloseable[] {agent, service, speech, lab}) {
            if (started != null) {
                try {
                    started.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @AfterEach
    void nothingIsLeftInAsterisk() {
        lab.assertNothingLeft(LEFTOVER_LIMIT);
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void callerIsGreeted_asks_isAnswered_andIsPutThroughByATool(String extension) {
        int transfers = count("transferred after");
        Path heard = lab.call(
                extension,
                "--hear",
                "700",
                "--say",
                openingHours.toString(),
                "--hear",
                "900",
                "--say",
                person.toString(),
                "--hear",
                "1500",
                "--pause",
                "4",
                "--bye",
                "--seconds",
                "50");

        assertThat(words(heard)).contains("help").contains("open");
        agent.await("the transfer", Duration.ofSeconds(20), () -> count("transferred after") > transfers);
        assertThat(lab.log()).containsPattern("7001@(from-internal|people)[^\n]*demo-thanks|demo-thanks");
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void callerInterruptsTheGreeting_voiceStops_andTheQuestionIsAnswered(String extension) {
        int interruptions = count("interrupted by the caller");
        Path heard = lab.call(
                extension,
                "--pause",
                "1.2",
                "--say",
                openingHours.toString(),
                "--hear",
                "1000",
                "--bye",
                "--seconds",
                "40");

        assertThat(count("interrupted by the caller")).isGreaterThan(interruptions);
        assertThat(words(heard)).contains("open");
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void callerPressesKeysInsteadOfSpeaking_isAnswered(String extension) {
        Path heard =
                lab.call(extension, "--hear", "700", "--dtmf", "42#", "--hear", "1000", "--bye", "--seconds", "40");

        assertThat(words(heard)).contains("help").contains("open");
    }

    @Test
    void connectionIsCutInTheMiddleOfSentences_noCallIsLost() {
        int ended = endedInOrder();
        service.cutsLeft.set(CUTS);
        List<Path> heard = new ArrayList<>();
        while (service.cutsLeft.get() > 0 && heard.size() < MOST_CALLS) {
            List<CompletableFuture<Path>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS_AT_ONCE; i++) {
                calls.add(lab.callAsync(extensions().get(i % extensions().size()), patientCaller()));
            }
            calls.forEach(call -> heard.add(call.join()));
        }

        assertThat(service.cutsLeft.getAndSet(0)).as("cuts left").isZero();
        agent.await("the ends of the calls", Duration.ofSeconds(20), () -> endedInOrder() >= ended + heard.size());
        assertThat(agent.log()).doesNotContain("provider failed after");
        assertThat(heard).allSatisfy(call -> assertThat(words(call)).contains("open"));
    }

    /** Asks three times, and waits in between whatever he hears. */
    private String[] patientCaller() {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            options.addAll(List.of("--pause", i == 0 ? "4" : "12", "--say", openingHours.toString()));
        }
        options.addAll(List.of("--pause", "10", "--bye", "--seconds", "90"));
        return options.toArray(String[]::new);
    }

    /** By the caller, or because the service's model put him through. */
    private int endedInOrder() {
        return count("caller hung up after") + count("transferred after");
    }

    private String words(Path heard) {
        return speech.read(heard).toLowerCase(Locale.ROOT);
    }

    private int count(String text) {
        return (int) Pattern.compile(Pattern.quote(text))
                .matcher(agent.log())
                .results()
                .count();
    }
}
