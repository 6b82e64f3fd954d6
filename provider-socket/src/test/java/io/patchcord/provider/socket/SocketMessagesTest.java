package io.patchcord.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketMessagesTest {

    private final FakeSocketServer server = FakeSocketServer.start();
    private final SocketClient client = new SocketClient();
    private SocketClient.Heard heard;
    private FakeConnection peer;

    @BeforeEach
    void connect() {
        heard = client.open(SocketRequest.to(server.uri()));
        peer = server.awaitOpen(0);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        assertThat(heard.mistakes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void fragments_areJoined_alsoWhereACharacterIsCut(int bytes) {
        String text = "Grüß Gott, 你好, 👋!".repeat(10);
        peer.sendTextInFragments(text, bytes);
        peer.sendBinaryInFragments(new byte[] {1, 2, 3, 4, 5}, bytes);
        peer.sendText("after");

        List<Object> messages = heard.awaitMessages(3);

        assertThat(messages.get(0)).isEqualTo(text);
        assertThat((byte[]) messages.get(1)).containsExactly(1, 2, 3, 4, 5);
        assertThat(messages.get(2)).isEqualTo("after");
    }

    @Test
    void tenMegabytes_whole_andInFragments() {
        byte[] audio = new byte[10 << 20];
        new Random(1).nextBytes(audio);
        peer.sendBinary(audio);
        peer.sendBinaryInFragments(audio, 65_536);
        peer.sendText("x".repeat(10 << 20));

        List<Object> messages = heard.awaitMessages(3);

        assertThat((byte[]) messages.get(0)).isEqualTo(audio);
        assertThat((byte[]) messages.get(1)).isEqualTo(audio);
        assertThat((String) messages.get(2)).hasSize(10 << 20);
    }

    @Test
    void emptyMessages_areMessages() {
        peer.sendText("");
        peer.sendBinary(new byte[0]);

        List<Object> messages = heard.awaitMessages(2);

        assertThat(messages.get(0)).isEqualTo("");
        assertThat((byte[]) messages.get(1)).isEmpty();
    }

    @Test
    void pingBetweenFragments_isAnswered_andTheMessageIsWhole() {
        peer.sendRaw(new byte[] {0x01, 2, 'a', 'b'});
        peer.sendPing("are you there?");
        peer.sendRaw(new byte[] {(byte) 0x80, 1, 'c'});

        assertThat(heard.awaitMessages(1)).containsExactly("abc");
        peer.await("a pong", connection -> connection.pongs() == 1);
    }

    @Test
    void textThatIsNotUtf8_comesWithReplacements() {
        peer.sendRaw(new byte[] {(byte) 0x81, 3, 'a', (byte) 0xFF, 'b'});

        assertThat(heard.awaitMessages(1)).containsExactly("a\uFFFDb");
    }

    @Test
    void messagesComeInTheirOrder() {
        List<Object> sent = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            sent.add("m" + i);
            peer.sendText("m" + i);
        }

        assertThat(heard.awaitMessages(5_000)).isEqualTo(sent);
    }

    @Test
    void whatIsSent_comesInItsOrder_oneMessageForEach() {
        List<Object> sent = new ArrayList<>();
        client.run(() -> {
            for (int i = 0; i < 5_000; i++) {
                Object message = i % 3 == 0 ? "t" + i : List.of((byte) i, (byte) (i >> 8));
                sent.add(message);
                assertThat(
                                message instanceof String text
                                        ? heard.socket.sendText(text)
                                        : heard.socket.sendBinary(new byte[] {(byte) i, (byte) (i >> 8)}))
                        .isTrue();
            }
        });

        peer.await("all messages", connection -> connection.messages().size() == 5_000);
        assertThat(peer.messages().stream()
                        .map(message -> message instanceof byte[] bytes ? List.of(bytes[0], bytes[1]) : message))
                .isEqualTo(sent);
    }

    @Test
    void emptyBinary_isNeverSent() {
        assertThat(heard.sendBinary(new byte[0])).isTrue();
        heard.sendText("after");

        peer.awaitText("after");
        assertThat(peer.binaries()).isEmpty();
    }

    @Test
    void peerThatDoesNotRead_isCongestion_andNoLoss() {
        peer.pauseReading();
        byte[] block = new byte[64 << 10];
        int sent = client.call(() -> {
            int count = 0;
            while (heard.socket.sendBinary(block)) {
                count++;
            }
            return count;
        });
        assertThat(client.<Boolean>call(heard.socket::isOpen)).isTrue();
        assertThat(heard.sendText("refused")).isFalse();

        peer.resumeReading();
        await().until(() -> heard.sendText("at last"));

        peer.awaitText("at last");
        assertThat(peer.binaryBytes()).isEqualTo(sent * block.length);
        assertThat(peer.texts()).containsExactly("at last");
    }
}
