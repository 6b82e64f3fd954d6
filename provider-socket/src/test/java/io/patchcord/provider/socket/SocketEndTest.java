package io.patchcord.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketEndTest {

    private final FakeSocketServer server = FakeSocketServer.start();
    private final SocketClient client = new SocketClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1008, 1009, 1011, 1013, 3000, 4000, 4999})
    void peersCode_isToldWithItsReason_afterTheMessagesBefore_andAnswered(int code) {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        peer.sendText("last words");
        peer.close(code, "NET-0001 ünd so");

        assertThat(heard.awaitEnd()).isEqualTo(new SocketEnd.ClosedByPeer(code, "NET-0001 ünd so"));
        assertThat(heard.messages).containsExactly("last words");
        assertThat(heard.sendText("after the end")).isFalse();
        peer.awaitEnd();
        assertThat(peer.closeCode()).isEqualTo(code);
        assertThat(peer.texts()).isEmpty();
    }

    @Test
    void closeFrameWithoutCode_is1005() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        server.awaitOpen(0).closeWithoutCode();

        assertThat(heard.awaitEnd()).isEqualTo(new SocketEnd.ClosedByPeer(1005, ""));
        server.awaitConnection(0).awaitEnd();
        assertThat(server.connections().get(0).closeCode()).isEqualTo(1005);
    }

    @Test
    void endOfStream_andReset_areLosses() {
        SocketClient.Heard first = client.open(SocketRequest.to(server.uri()));
        server.awaitOpen(0).endOfStream();
        assertThat(first.awaitEnd(SocketEnd.Lost.class).what()).contains("without a close frame");

        SocketClient.Heard second = client.open(SocketRequest.to(server.uri()));
        server.awaitOpen(1).reset();
        assertThat(second.awaitEnd(SocketEnd.Lost.class).what()).containsIgnoringCase("reset");
    }

    @Test
    void endInTheMiddleOfAMessage_isALoss_andHalfAMessageIsNotTold() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        peer.sendText("whole");
        peer.sendRaw(new byte[] {(byte) 0x81, 100, 'h', 'a', 'l', 'f'});
        peer.endOfStream();

        assertThat(heard.awaitEnd()).isInstanceOf(SocketEnd.Lost.class);
        assertThat(heard.messages).containsExactly("whole");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messageThatIsTooLong_isALoss_andThePeerIsTold(boolean inOneFrame) {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()).withMaxMessageBytes(1_000));
        FakeConnection peer = server.awaitOpen(0);
        peer.sendBinary(new byte[1_000]);
        peer.sendBinaryInFragments(new byte[1_001], inOneFrame ? 1_001 : 501);

        assertThat(heard.awaitEnd()).isInstanceOf(SocketEnd.Lost.class);
        assertThat(heard.messages).hasSize(1);
        peer.awaitEnd();
        assertThat(peer.closeCode()).isEqualTo(1009);
    }

    @Test
    void badFrame_isALoss_andThePeerIsTold() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        peer.sendRaw(new byte[] {(byte) 0xF3, 0x01, 0x02, 0x03});

        assertThat(heard.awaitEnd(SocketEnd.Lost.class).what()).contains("bad frame");
        peer.awaitEnd();
        assertThat(peer.closeCode()).isEqualTo(1002);
    }

    @Test
    void peerThatGivesNoSignOfLife_isLost() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()).withPingInterval(Duration.ofMillis(300)));
        FakeConnection peer = server.awaitOpen(0);
        peer.answerPings(false);

        assertThat(heard.awaitEnd(SocketEnd.Lost.class).what()).contains("pong");
        peer.awaitEnd();
    }

    @Test
    void peerThatAnswersPings_staysConnected() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()).withPingInterval(Duration.ofMillis(30)));
        FakeConnection peer = server.awaitOpen(0);

        peer.await("many pings", connection -> connection.pings() >= 10);

        assertThat(heard.ends).isEmpty();
        assertThat(heard.sendText("still here")).isTrue();
        peer.awaitText("still here");
    }

    @Test
    void close_followsWhatWasSentBefore_andIsAnswered() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        client.run(() -> {
            heard.socket.sendText("bye");
            heard.socket.close(1000, "done");
            assertThat(heard.socket.isOpen()).isFalse();
            assertThat(heard.socket.sendText("after")).isFalse();
            heard.socket.close(4000, "again");
        });

        assertThat(heard.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1000));
        peer.awaitEnd();
        assertThat(peer.texts()).containsExactly("bye");
        assertThat(peer.closeCode()).isEqualTo(1000);
        assertThat(peer.closeReason()).isEqualTo("done");
        heard.close(1000, "after the end");
        heard.abort();
        heard.awaitEnd();
    }

    @Test
    void messagesAfterClose_areNotHeard() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        peer.answerClose(false);
        heard.close(1000, "");
        peer.await("the close frame", connection -> connection.closeCode() == 1000);
        peer.sendText("late");
        peer.sendRaw(new byte[] {(byte) 0x88, 2, 3, (byte) 0xE8});

        assertThat(heard.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1000));
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void closeThatIsNotAnswered_endsAllTheSame() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        peer.answerClose(false);

        heard.close(1000, "");

        assertThat(heard.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1000));
        peer.awaitEnd();
    }

    @Test
    void closeTowardsACongestedPeer_endsAllTheSame() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        peer.pauseReading();
        client.run(() -> {
            while (heard.socket.sendBinary(new byte[64 << 10])) {}
            heard.socket.close(1000, "");
        });

        assertThat(heard.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1000));
        peer.resumeReading();
        peer.awaitEnd();
    }

    @Test
    void abort_endsAtOnce_alsoAfterAClose() {
        SocketClient.Heard aborted = client.open(SocketRequest.to(server.uri()));
        aborted.abort();
        assertThat(aborted.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1006));
        server.awaitConnection(0).awaitEnd();
        assertThat(server.awaitConnection(0).closeCode()).isEqualTo(FakeConnection.NO_CLOSE);

        SocketClient.Heard closed = client.open(SocketRequest.to(server.uri()));
        server.awaitOpen(1).answerClose(false);
        client.run(() -> {
            closed.socket.close(1001, "");
            closed.socket.abort();
        });
        assertThat(closed.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1001));
    }

    @Test
    void codesThatMayNotBeSent_areRefused_andLongReasonsAreCut() {
        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        for (int code : new int[] {-1, 0, 999, 1004, 1005, 1006, 1015, 2000}) {
            assertThatThrownBy(() -> heard.socket.close(code, "")).isInstanceOf(IllegalArgumentException.class);
        }
        heard.close(4001, "ü".repeat(100));
        heard.awaitEnd();
        assertThat(peer.closeReason()).isEqualTo("ü".repeat(61));
    }

    @Test
    void closingTheSockets_endsEachOfThem_andLeavesNoThread() {
        List<SocketClient.Heard> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(client.open(SocketRequest.to(server.uri())));
        }
        assertThat(threads()).isLessThanOrEqualTo(8);

        client.sockets.close();

        all.forEach(heard -> assertThat(heard.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1006)));
        await().until(() -> server.liveConnections() == 0);
        await().until(() -> threads() == 0);
        assertThat(client.connect(server.uri()).awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1006));
    }

    @Test
    void executorThatTakesNoMore_endsTheConnection() {
        client.open(SocketRequest.to(server.uri()));
        FakeConnection peer = server.awaitOpen(0);
        client.loop.shutdown();

        peer.sendText("is anybody there?");

        peer.awaitEnd();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("socket-test"))
                .count();
    }
}
