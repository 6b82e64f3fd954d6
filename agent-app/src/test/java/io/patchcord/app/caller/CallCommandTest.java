package io.patchcord.app.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.WavReader;
import io.patchcord.agent.media.WavWriter;
import io.patchcord.app.CliRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in caller against an agent on a real socket, in real time, which took its own times. */
class CallCommandTest {

    /** What the scheduling of a busy machine may add to a time that two threads take of the same thing. */
    private static final double TOLERANCE_MS = 40;

    @TempDir
    Path directory;

    private Path question;

    @BeforeEach
    void record() {
        question = directory.resolve("question.wav");
        AudioFrame audio = Sounds.frame(Sounds.silence(100), Sounds.tone(500), Sounds.silence(200));
        WavWriter.write(question, audio);
    }

    @Test
    void question_isAnswered_andTimedAsTheAgentSawIt() throws Exception {
        try (ScriptedAgent agent = ScriptedAgent.answering(Duration.ofMillis(350))) {
            CliRun run = call(agent, "--say", question.toString(), "--say", question.toString());

            assertThat(run.exitCode()).isZero();
            JsonNode turns = json(run).at("/calls/0/turns");
            assertThat(turns).hasSize(3);
            for (int i = 0; i < 2; i++) {
                assertThat(turns.get(i + 1).get("firstAudioMs").asDouble())
                        .isCloseTo(millis(agent.answeredAfter().get(i)), within(TOLERANCE_MS));
                assertThat(turns.get(i + 1).get("speechMs").asDouble()).isCloseTo(580, within(TOLERANCE_MS));
            }
            assertThat(json(run).at("/calls/0/end").asText()).isEqualTo("caller");
            assertThat(json(run).at("/summary/firstAudioMs/count").asInt()).isEqualTo(2);
        }
    }

    @Test
    void recordings_holdWhatWasHeard_atItsTime() throws Exception {
        Path reply = directory.resolve("reply.wav");
        Path both = directory.resolve("both.wav");
        try (ScriptedAgent agent = ScriptedAgent.answering(Duration.ofMillis(350))) {
            CliRun run =
                    call(agent, "--say", question.toString(), "--out", reply.toString(), "--stereo", both.toString());

            List<AudioFrame> sides = stereo(both);
            double asked = endOfBurst(sides.get(0), 0);
            double answered = startOfBurst(sides.get(1), 1);
            double reported = json(run).at("/calls/0/turns/1/firstAudioMs").asDouble();
            // The last sound left in a frame of 20 ms, at whose begin the time was taken.
            assertThat(answered - asked).isCloseTo(reported - 20, within(25.0));
            assertThat(bursts(WavReader.read(reply))).as("greeting and answer").hasSize(2);
        }
    }

    @Test
    void interruption_isTimedAsTheAgentSawIt() throws Exception {
        try (ScriptedAgent agent = new ScriptedAgent(Duration.ofMillis(350), 5_000, false)) {
            CliRun run = call(agent, "--say", question.toString(), "--interrupt-after", "300ms");

            assertThat(run.exitCode()).isZero();
            JsonNode turn = json(run).at("/calls/0/turns/1");
            assertThat(turn.get("stopMs").asDouble())
                    .isCloseTo(millis(agent.stoppedAfter().get(0)), within(TOLERANCE_MS));
            assertThat(turn.get("firstAudioMs").asDouble())
                    .isCloseTo(millis(agent.answeredAfter().get(0)), within(TOLERANCE_MS));
        }
    }

    @Test
    void keys_arePressed() throws Exception {
        try (ScriptedAgent agent = ScriptedAgent.answering(Duration.ofMillis(350))) {
            CliRun run = call(agent, "--dtmf", "1a#");

            assertThat(run.exitCode()).isZero();
            assertThat(agent.digits()).containsExactly('1', 'A', '#');
        }
    }

    @Test
    void severalCalls_areSummedUp() throws Exception {
        Path reply = directory.resolve("reply.wav");
        try (ScriptedAgent agent = ScriptedAgent.answering(Duration.ofMillis(350))) {
            CliRun run =
                    call(agent, "--calls=3", "--stagger=50ms", "--say", question.toString(), "--out", reply.toString());

            assertThat(run.exitCode()).isZero();
            JsonNode summary = json(run).get("summary");
            assertThat(summary.get("answeredCalls").asInt()).isEqualTo(3);
            assertThat(summary.get("answeredTurns").asInt()).isEqualTo(3);
            assertThat(summary.at("/greetingMs/count").asInt()).isEqualTo(3);
            double slowest = agent.answeredAfter().stream()
                    .mapToDouble(CallCommandTest::millis)
                    .max()
                    .orElseThrow();
            assertThat(summary.at("/firstAudioMs/max").asDouble()).isCloseTo(slowest, within(TOLERANCE_MS));
            assertThat(directory.resolve("reply-1.wav")).exists();
            assertThat(directory.resolve("reply-3.wav")).exists();
        }
    }

    @Test
    void silentAgent_isAFailure() throws Exception {
        try (ScriptedAgent agent = ScriptedAgent.mute()) {
            CliRun run = call(agent, "--say", question.toString(), "--greeting-timeout=200ms", "--reply-timeout=500ms");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(json(run).at("/calls/0/answered").asBoolean()).isFalse();
            assertThat(json(run).at("/summary/answeredTurns").asInt()).isZero();
        }
    }

    @Test
    void agentThatHangsUpTooSoon_isAFailure() throws Exception {
        try (ScriptedAgent agent = new ScriptedAgent(Duration.ofMillis(350), 300, true)) {
            CliRun run = call(agent, "--say", question.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(json(run).at("/calls/0/end").asText()).isEqualTo("agent");
        }
    }

    @Test
    void callThatGoesOnTooLong_isEnded() throws Exception {
        try (ScriptedAgent agent = ScriptedAgent.mute()) {
            CliRun run = call(agent, "--say", question.toString(), "--call-timeout=700ms");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(json(run).at("/calls/0/end").asText()).isEqualTo("too_long");
        }
    }

    @Test
    void nobodyThere_isAFailure_withTheReason() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        CliRun run = CliRun.of(directory, Map.of(), "call", "--no-transcript", "--to", "127.0.0.1:" + port);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("no call").contains("Connection refused");
    }

    @Test
    void report_isForPeople() throws Exception {
        try (ScriptedAgent agent = ScriptedAgent.answering(Duration.ofMillis(350))) {
            CliRun run = CliRun.of(
                    directory,
                    Map.of(),
                    "call",
                    "--no-transcript",
                    "--quiet=300ms",
                    "--to",
                    agent.address(),
                    "--say",
                    question.toString());

            assertThat(run.out())
                    .contains("greeting after")
                    .contains("you:   " + question)
                    .containsPattern("time to first audio [0-9.]+ ms, 0\\.[0-9]+ s of speech")
                    .contains("hung up after")
                    .containsPattern("[0-9]+ frames: interval p50 [0-9.]+ ms");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--dtmf, 12x, write keys of 0-9 * # A-D",
        "--say, missing.wav, cannot open missing.wav",
        "--to, nowhere, 'write HOST:PORT'",
        "--to, '127.0.0.1:0', 'write HOST:PORT'",
        "--quiet, soon, 'write a duration such as 250ms, 5s or 2m'",
        "--calls, many, many"
    })
    void wrongArgument_isAUsageError(String option, String value, String complaint) {
        CliRun run = CliRun.of(directory, Map.of(), "call", option, value);

        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.err()).contains(complaint);
    }

    @Test
    void fileThatIsNoWav_isAUsageError() throws IOException {
        Path file = Files.writeString(directory.resolve("x.wav"), "not a wave");

        CliRun run = CliRun.of(directory, Map.of(), "call", "--say", file.toString());

        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.err()).contains("it is no WAV file");
    }

    private CliRun call(ScriptedAgent agent, String... args) {
        String[] all = Stream.concat(
                        Stream.of("call", "--json", "--no-transcript", "--quiet=450ms", "--to", agent.address()),
                        Stream.of(args))
                .toArray(String[]::new);
        return CliRun.of(directory, Map.of(), all);
    }

    private static JsonNode json(CliRun run) throws JsonProcessingException {
        return new ObjectMapper().readTree(run.out());
    }

    private static List<AudioFrame> stereo(Path file) {
        try (WavReader reader = WavReader.open(file)) {
            return reader.rest();
        }
    }

    private record Burst(double start, double end) {}

    /** Stretches of sound with less than 200 ms of silence in them, in milliseconds. */
    private static List<Burst> bursts(AudioFrame audio) {
        short[] samples = audio.toSamples();
        List<Burst> bursts = new ArrayList<>();
        for (int i = 0; i < samples.length; i++) {
            if (Math.abs(samples[i]) > 500) {
                double at = i / 8.0;
                int last = bursts.size() - 1;
                boolean goesOn = last >= 0 && at - bursts.get(last).end() < 200;
                if (goesOn) {
                    bursts.set(last, new Burst(bursts.get(last).start(), at));
                } else {
                    bursts.add(new Burst(at, at));
                }
            }
        }
        return bursts;
    }

    private static double startOfBurst(AudioFrame audio, int index) {
        return bursts(audio).get(index).start();
    }

    private static double endOfBurst(AudioFrame audio, int index) {
        return bursts(audio).get(index).end();
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
