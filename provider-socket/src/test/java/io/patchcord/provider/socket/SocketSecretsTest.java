package io.patchcord.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The key goes over the wire and nowhere else, even with every logger at its most talkative, Netty's included. */
class SocketSecretsTest {

    private static final String KEY = "k3y-that-is-secret";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };

    @BeforeEach
    void listenToTheLog() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.setLevel(Level.TRACE);
        root.addAppender(appender);
    }

    @AfterEach
    void stop() {
        root.detachAppender(appender);
        root.setLevel(level);
    }

    @Test
    void noKeyIsLogged_howeverASocketEnds() {
        try (FakeSocketServer server = FakeSocketServer.start();
                SocketClient client = new SocketClient()) {
            server.answerNext(HandshakeAnswer.refuse(401, Map.of("x-echo", KEY), "bad key " + KEY))
                    .answerNext(HandshakeAnswer.reset())
                    .answerNext(HandshakeAnswer.raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: " + KEY + "\r\n\r\n"))
                    .answerNext(HandshakeAnswer.raw(("nonsense " + KEY + "\r\n\r\n")));
            URI uri = server.uri().resolve("/v1?token=" + KEY);
            SocketRequest request = SocketRequest.to(uri).header("Authorization", "Token " + KEY);
            for (int i = 0; i < 4; i++) {
                SocketEnd end = client.connect(request).awaitEnd();
                assertThat(end.toString()).doesNotContain(KEY);
            }
            SocketClient.Heard heard = client.open(request);
            heard.sendText("hello");
            server.awaitOpen(4).awaitText("hello");
            assertThat(server.connections().get(4).headers()).containsEntry("authorization", "Token " + KEY);
            heard.close(1000, "");
            heard.awaitEnd();
            SocketClient.Heard closed = client.open(request);
            server.awaitOpen(5).close(4000, KEY);
            assertThat(closed.awaitEnd(SocketEnd.ClosedByPeer.class).reason()).isEqualTo(KEY);
            assertThat(closed.awaitEnd().toString()).doesNotContain(KEY);
        }

        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(KEY));
        assertThat(lines).anyMatch(line -> line.contains("token=…"));
    }
}
