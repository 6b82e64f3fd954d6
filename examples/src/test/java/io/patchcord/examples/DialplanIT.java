package io.patchcord.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.asterisk.AgentStatus.AriState;
import io.patchcord.agent.asterisk.AriSettings;
import io.patchcord.agent.asterisk.AsteriskAgent;
import io.patchcord.agent.media.WavReader;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.ari.lab.AsteriskLab;
import io.patchcord.audiosocket.AudioKind;
import io.patchcord.audiosocket.AudioSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialplan that users paste, {@code examples/dialplan/extensions_custom.conf}, on a real Asterisk. */
class DialplanIT {

    private static final Path QUESTION = Path.of("asterisk-lab/opening-hours.wav");
    private static final String PERSON = "Executing [7001@";

    private AsteriskLab lab;

    /** As a user does it: with the agent's address and the person's extension filled in. */
    @BeforeEach
    void startAsterisk() throws IOException {
        Path dialplan = Files.createTempFile(Files.createDirectories(Path.of("target")), "dialplan", ".conf");
        int port = freePort();
        String text = Files.readString(Path.of("dialplan/extensions_custom.conf"))
                .replace("127.0.0.1:8090", "127.0.0.1:" + port)
                .replace("from-internal,600,1", "from-internal,7001,1");
        Files.writeString(dialplan, text);
        lab = AsteriskLab.start(
                22,
                Map.of(
                        "AUDIOSOCKET",
                        "127.0.0.1:" + port,
                        "DIALPLAN",
                        dialplan.toAbsolutePath().toString()));
    }

    @AfterEach
    void stopAsterisk() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8001", "8004"})
    void noAgent_aPersonTakesTheCall(String extension) {
        // When
        Path heard = lab.call(extension, "--seconds", "4");

        // Then
        assertThat(lab.log()).contains(PERSON);
        assertThat(loudFrames(heard)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8001", "8002", "8003", "8004"})
    void agentIsThere_callerTalksWithIt(String extension) {
        try (AsteriskAgent agent = parrot()) {
            // When
            Path heard = lab.call(
                    extension,
                    "--pause",
                    "0.5",
                    "--say",
                    absolute(QUESTION),
                    "--hear",
                    "500",
                    "--bye",
                    "--seconds",
                    "15");

            // Then
            assertThat(loudFrames(heard)).isGreaterThan(loudFrames(QUESTION) / 2);
            assertThat(lab.log()).doesNotContain(PERSON);
            lab.assertNothingLeft(Duration.ofSeconds(5));
            assertThat(agent.status().totalCalls()).isEqualTo(1);
        }
    }

    @Test
    void agentEnds_dialplanGoesOnToAPerson() throws IOException {
        // Given a server that says a second of nothing and hangs up
        try (AudioSocketServer server =
                AudioSocketAnnouncement.start(lab.audioSocketPort(), AudioKind.SLIN8, new byte[16_000])) {
            // When
            Path heard = lab.call("8003", "--seconds", "5");

            // Then
            assertThat(lab.log()).contains(PERSON);
            assertThat(loudFrames(heard)).isPositive();
        }
    }

    private AsteriskAgent parrot() {
        AsteriskAgent agent = AsteriskAgent.builder()
                .audioSocket("127.0.0.1", lab.audioSocketPort())
                .ari(new AriSettings(
                        lab.ariUri(), "agent", "agent", List.of("asterisk-ai-voice-agent"), Optional.empty()))
                .engine("parrot", new ParrotProvider().create(ProviderConfig.of(Map.of())))
                .build();
        agent.start();
        await().until(() -> agent.status().ari() == AriState.CONNECTED);
        return agent;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    /** How many stretches of 20 ms are speech rather than silence. */
    private static long loudFrames(Path wav) {
        try (WavReader reader = WavReader.open(wav)) {
            long loud = 0;
            for (var frame = reader.next(Duration.ofMillis(20));
                    frame.isPresent();
                    frame = reader.next(Duration.ofMillis(20))) {
                long sum = 0;
                for (short sample : frame.get().toSamples()) {
                    sum += Math.abs(sample);
                }
                loud += sum / Math.max(1, frame.get().samples()) > 300 ? 1 : 0;
            }
            return loud;
        }
    }
}
