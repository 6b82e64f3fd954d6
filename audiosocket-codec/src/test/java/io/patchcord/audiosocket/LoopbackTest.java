package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Server and client of this module against each other, over a real connection. */
class LoopbackTest {

    private static final UUID ID = UUID.fromString("40325ec2-5efd-4bd3-805f-53576e581d13");

    @Test
    void unpacedConnection_carriesAudioDigitsAndTheEndBothWays() throws Exception {
        // Given
        RecordingListener atServer = new RecordingListener();
        RecordingListener atClient = new RecordingListener();
        List<AudioSocketConnection> accepted = new CopyOnWriteArrayList<>();
        try (AudioSocketServer server = AudioSocketServer.builder()
                        .bind("127.0.0.1", 0)
                        .startConnections(connection -> {
                            accepted.add(connection);
                            return Optional.of(atServer);
                        });
                AudioSocketClient client = AudioSocketClient.create()) {
            // When
            AudioSocketClientConnection caller =
                    client.connect(ID, server.addresses().get(0), c -> atClient).get(5, TimeUnit.SECONDS);
            caller.sendAudio(AudioKind.SLIN8, new byte[] {1, 2, 3, 4});
            caller.sendDtmf('#');
            await().until(() -> atServer.events.size() == 2);
            accepted.get(0).sendAudio(AudioKind.SLIN16, new byte[] {5, 6});
            accepted.get(0).hangup();
            await().until(() -> atServer.events.size() == 3 && atClient.events.size() == 2);
            // Then
            assertThat(accepted.get(0).id()).isEqualTo(ID);
            assertThat(atServer.events).containsExactly("SLIN8 01020304", "digit #", "LOCAL_HANGUP");
            assertThat(atClient.events).containsExactly("SLIN16 0506", "REMOTE_HANGUP");
        }
    }

    @Test
    void pacedEcho_returnsWhatTheCallerSaid() throws Exception {
        // Given
        byte[] said = new byte[320];
        said[0] = 42;
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        try (AudioSocketServer server = AudioSocketServer.builder()
                        .bind("127.0.0.1", 0)
                        .startCalls(call -> (kind, pcm) -> call.relay(kind, pcm));
                AudioSocketClient client = AudioSocketClient.create()) {
            // When
            AudioSocketClientCall caller = client.call(
                            ID, server.addresses().get(0), c -> (kind, pcm) -> heard.add(pcm))
                    .get(5, TimeUnit.SECONDS);
            caller.play(AudioKind.SLIN8, said);
            await().until(() -> heard.stream().anyMatch(pcm -> pcm[0] == 42));
            // Then
            assertThat(heard).contains(said);
        }
    }
}
