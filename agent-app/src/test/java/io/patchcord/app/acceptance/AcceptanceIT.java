package io.patchcord.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.app.caller.TestSpeech;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.lab.AsteriskLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real callers, a real Asterisk 22, and the agent as an administrator starts it. */
class AcceptanceIT {

    private static final String APPLICATIONS = "asterisk-ai-voice-agent,local-ai";
    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(10);

    private static AsteriskLab lab;
    private static TestSpeech speech;
    private static AgentProcess agent;
    private static Path openingHours;
    private static Path person;

    @BeforeAll
    static void start() {
        lab = AsteriskLab.start(22);
        speech = new TestSpeech();
        openingHours = speech.say("What are your opening hours?", lab.runDir().resolve("hours.wav"));
        person = speech.say("I would like to speak to a person.", lab.runDir().resolve("person.wav"));
        agent = AgentProcess.start(lab, APPLICATIONS, Map.of());
    }

    @AfterAll
    static void stop() {
        if (agent != null) {
            agent.close();
        }
        if (speech != null) {
            speech.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void nothingIsLeftInAsterisk() {
        lab.assertNothingLeft(LEFTOVER_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1003", "2023", "2024", "2000", "2006"})
    void callerAsksForTheOpeningHours_hearsThem(String extension) {
        Path heard = lab.call(
                extension,
                "--hear",
                "700",
                "--say",
                openingHours.toString(),
                "--hear",
                "1000",
                "--bye",
                "--seconds",
                "40");

        assertThat(speech.read(heard).toLowerCase(Locale.ROOT)).contains("open").containsAnyOf("monday", "friday");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023", "2007", "2000"})
    void callerWantsAPerson_isPutThrough(String extension) {
        lab.call(
                extension,
                "--hear",
                "700",
                "--say",
                person.toString(),
                "--hear",
                "1500",
                "--pause",
                "4",
                "--bye",
                "--seconds",
                "40");

        if (!extension.equals("2000")) {
            assertThat(lab.log()).containsPattern("7001@(from-internal|people)[^\n]*demo-thanks|demo-thanks");
        }
        agent.awaitLog("transferred after");
    }

    @Test
    void callerSaysGoodbye_agentSaysSoTooAndEndsTheCall() {
        // Not "Thank you", in whose first sound recognition hears "Sam, you" one time in ten.
        Path goodbye = speech.say("That is all, goodbye.", lab.runDir().resolve("goodbye.wav"));

        Path heard = lab.call("2023", "--hear", "700", "--say", goodbye.toString(), "--seconds", "40");

        agent.awaitLog("agent hung up after");
        assertThat(speech.read(heard).toLowerCase(Locale.ROOT)).contains("calling");
    }

    @Test
    void callerInterruptsTheGreeting_voiceStopsSoonAndTheQuestionIsAnswered() {
        Path both = lab.runDir().resolve("interrupt.wav");
        Path heard = lab.call(
                "2023",
                "--pause",
                "1.5",
                "--say",
                openingHours.toString(),
                "--hear",
                "1000",
                "--bye",
                "--seconds",
                "40",
                "--stereo",
                both.toString());

        agent.awaitLog("interrupted by the caller");
        assertThat(speech.read(heard).toLowerCase(Locale.ROOT)).contains("open");
    }

    @Test
    void dialplanAsksForAProviderThatIsNotHere_callerHearsSoAndTheDialplanGoesOn() {
        Path heard = lab.call("2021", "--hear", "1000", "--seconds", "20");

        assertThat(speech.read(heard).toLowerCase(Locale.ROOT)).contains("not set up");
        assertThat(agent.log()).contains("there is no provider \"deepgram\" in this agent, only local");
    }

    @Test
    void manyCallersLeaveAtRandom_agentIsWhereItWas() {
        lab.call("2000", "--hear", "300", "--bye", "--seconds", "10");
        int files = agent.openFiles();
        int threads = agent.threads();
        for (int round = 0; round < 5; round++) {
            List<CompletableFuture<Path>> calls = new ArrayList<>();
            for (String extension : List.of("2023", "2024", "2000", "1003", "2006", "2024")) {
                calls.add(lab.callAsync(extension, "--hangup", "0-2.5"));
            }
            calls.forEach(CompletableFuture::join);
        }

        lab.assertNothingLeft(LEFTOVER_LIMIT);
        agent.await(
                "files and threads to be freed",
                Duration.ofSeconds(60),
                () -> agent.openFiles() <= files + 3 && agent.threads() <= threads + 3);
        assertThat(agent.health()).contains("\"active\":0");
    }

    @Test
    void agentIsKilledDuringCallsAndStartedAgain_freesWhatItLeftAndTakesUpTheCaller() {
        CompletableFuture<Path> call = lab.callAsync("2023", "--hear", "700", "--pause", "25", "--seconds", "45");
        agent.awaitLog("call from");
        int calls = count(agent.log(), "call from");
        agent.await(
                "the call",
                Duration.ofSeconds(20),
                () -> lab.cli("bridge show all").contains("pc-"));

        agent.kill();
        assertThat(lab.cli("bridge show all")).contains("pc-");
        agent = AgentProcess.start(lab, APPLICATIONS, Map.of());

        agent.awaitLog("that was left behind");
        agent.awaitLog("taking up the caller");
        agent.awaitLog("call from");
        call.join();
        assertThat(calls).isPositive();
    }

    /** Who takes an application over is told of the hang-ups of its calls, and we are not. */
    @Test
    void anotherProgramTakesTheApplicationInACall_whichGoesOnAndEndsWithItsCaller() {
        CompletableFuture<Path> call = lab.callAsync(
                "2023",
                "--hear",
                "700",
                "--pause",
                "3",
                "--say",
                openingHours.toString(),
                "--hear",
                "1000",
                "--bye",
                "--seconds",
                "40");
        agent.await(
                "the call",
                Duration.ofSeconds(20),
                () -> lab.cli("bridge show all").contains("pc-"));

        try (AriClient other = lab.clientBuilder()
                .applications("asterisk-ai-voice-agent")
                .listener(event -> {})
                .build()) {
            other.connect();
            agent.awaitLog("takes its calls now");

            assertThat(speech.read(call.join()).toLowerCase(Locale.ROOT)).contains("open");
            agent.await(
                    "the call's end",
                    Duration.ofSeconds(60),
                    () -> agent.health().contains("\"active\":0"));
            lab.assertNothingLeft(LEFTOVER_LIMIT);
        } finally {
            // It takes no more calls.
            agent.close();
            agent = AgentProcess.start(lab, APPLICATIONS, Map.of());
        }
    }

    private static int count(String text, String part) {
        Matcher matcher = Pattern.compile(Pattern.quote(part)).matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
