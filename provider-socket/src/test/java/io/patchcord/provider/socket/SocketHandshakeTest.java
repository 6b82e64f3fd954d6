package io.patchcord.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketHandshakeTest {

    private final FakeSocketServer server = FakeSocketServer.start();
    private final SocketClient client = new SocketClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void request_isWhatWasTold_andNothingThatTellsABrowser() {
        client.open(SocketRequest.to(server.uri().resolve("/v1/a%20path?keyterm=a%26b&keyterm=c"))
                .header("Authorization", "Token t"));

        FakeConnection asked = server.awaitOpen(0);
        assertThat(asked.path()).isEqualTo("/v1/a path");
        assertThat(asked.query()).isEqualTo(Map.of("keyterm", List.of("a&b", "c")));
        assertThat(asked.headers())
                .containsEntry("authorization", "Token t")
                .containsEntry("host", "127.0.0.1:" + server.port())
                .doesNotContainKeys(
                        "origin", "sec-websocket-origin", "sec-websocket-extensions", "sec-websocket-protocol");
    }

    @Test
    void opened_carriesTheAnswersHeaders_inLowerCase() {
        server.answerNext(HandshakeAnswer.accept(Map.of("DG-Request-Id", "r-1")));

        SocketClient.Heard heard = client.open(SocketRequest.to(server.uri()));

        assertThat(heard.openings.get(0)).containsEntry("dg-request-id", "r-1");
        assertThat(client.<Boolean>call(heard.socket::isOpen)).isTrue();
    }

    @Test
    void messageInThePacketOfTheAnswer_isHeard() {
        server.serve(() -> new FakePeer() {
            @Override
            public void opened(FakeConnection connection) {
                connection.sendText("Welcome");
            }
        });

        assertThat(client.open(SocketRequest.to(server.uri())).awaitMessages(1)).containsExactly("Welcome");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 400, 401, 402, 403, 404, 429, 500, 502, 503, 200})
    void refusal_isToldWithStatusHeadersAndBody(int status) {
        server.answerNext(HandshakeAnswer.refuse(
                status,
                Map.of("Retry-After", "7", "dg-request-id", "r-1", "Location", "ws://127.0.0.1:1/"),
                "{\"err_msg\":\"no\"}"));

        SocketEnd.Refused refused = client.connect(server.uri()).awaitEnd(SocketEnd.Refused.class);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.headers()).containsEntry("retry-after", "7").containsEntry("dg-request-id", "r-1");
        assertThat(refused.body()).isEqualTo("{\"err_msg\":\"no\"}");
        assertThat(server.connections()).hasSize(1);
        await().until(() -> server.liveConnections() == 0);
    }

    @Test
    void longRefusal_isCut() {
        server.answerNext(HandshakeAnswer.refuse(503, Map.of(), "x".repeat(1 << 20)));

        assertThat(client.connect(server.uri())
                        .awaitEnd(SocketEnd.Refused.class)
                        .body())
                .hasSize(64 << 10);
    }

    @Test
    void refusalThatIsNeverComplete_isToldAsFarAsItCame() {
        server.answerNext(HandshakeAnswer.raw("HTTP/1.1 429 Slow\r\nContent-Length: 100\r\n\r\nlater"));

        SocketEnd.Refused refused = client.connect(soon()).awaitEnd(SocketEnd.Refused.class);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("later");
    }

    @Test
    void refusalThatBreaksOff_isToldAsFarAsItCame() {
        server.answerNext(HandshakeAnswer.raw("HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\nhalf"));
        SocketClient.Heard heard = client.connect(server.uri());

        server.awaitConnection(0).endOfStream();

        assertThat(heard.awaitEnd(SocketEnd.Refused.class).body()).isEqualTo("half");
    }

    @Test
    void interimAnswer_isPassedOver() {
        server.answerNext(
                HandshakeAnswer.raw("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno"));

        assertThat(client.connect(server.uri())
                        .awaitEnd(SocketEnd.Refused.class)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
            })
    void answerOfSomethingElse_isALoss(String answer) {
        server.answerNext(HandshakeAnswer.raw(answer));

        assertThat(client.connect(server.uri()).awaitEnd(SocketEnd.Lost.class).what())
                .contains("127.0.0.1");
        server.awaitConnection(0).awaitEnd();
    }

    @Test
    void noAnswer_isATimeOut_andTheConnectionIsGivenUp() {
        server.answerNext(HandshakeAnswer.hold());

        SocketEnd.TimedOut end = client.connect(soon()).awaitEnd(SocketEnd.TimedOut.class);

        assertThat(end.after()).isEqualTo(Duration.ofMillis(200));
        server.awaitConnection(0).awaitEnd();
    }

    @Test
    void slowAnswer_isWaitedFor() {
        server.answerNext(HandshakeAnswer.hold());
        SocketClient.Heard heard = client.connect(server.uri());
        FakeConnection held = server.awaitConnection(0);
        assertThat(heard.sendText("too early")).isFalse();

        held.accept();

        await().until(() -> heard.openings.size() == 1);
        assertThat(heard.sendText("now")).isTrue();
        held.awaitText("now");
        assertThat(held.texts()).containsExactly("now");
    }

    @Test
    void endInTheHandshake_isALoss() {
        server.answerNext(HandshakeAnswer.endOfStream()).answerNext(HandshakeAnswer.reset());

        assertThat(client.connect(server.uri()).awaitEnd()).isInstanceOf(SocketEnd.Lost.class);
        assertThat(client.connect(server.uri()).awaitEnd()).isInstanceOf(SocketEnd.Lost.class);
    }

    @Test
    void nobodyListens_isALoss_thatNamesThePlace() {
        URI nobody = server.uri();
        server.close();

        assertThat(client.connect(nobody).awaitEnd(SocketEnd.Lost.class).what())
                .contains("127.0.0.1:" + nobody.getPort())
                .contains("refused");
    }

    @Test
    void unknownName_isALoss_thatNamesIt() {
        assertThat(client.connect(URI.create("ws://no-such-host.invalid/"))
                        .awaitEnd(SocketEnd.Lost.class)
                        .what())
                .contains("no-such-host.invalid");
    }

    @Test
    void nameWithSeveralAddresses_isTriedInTurn() {
        // Where localhost is ::1 as well, nobody listens there.
        client.open(SocketRequest.to(URI.create("ws://localhost:" + server.port())));
    }

    @Test
    void closeBeforeItIsOpen_endsAtOnce() {
        server.answer(HandshakeAnswer.hold());
        SocketClient.Heard closed = client.connect(server.uri());
        SocketClient.Heard aborted = client.connect(server.uri());
        server.awaitConnection(1);

        closed.close(1000, "");
        aborted.abort();

        assertThat(closed.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1000));
        assertThat(aborted.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1006));
        assertThat(closed.openings).isEmpty();
        await().until(() -> server.liveConnections() == 0);
    }

    private SocketRequest soon() {
        return SocketRequest.to(server.uri()).withHandshakeTimeout(Duration.ofMillis(200));
    }
}
