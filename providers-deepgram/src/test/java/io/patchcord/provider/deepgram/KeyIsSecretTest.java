package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The key is in no log, with every logger at its most talkative, and in no event, also when the service repeats it. */
class KeyIsSecretTest {

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
    void noKeyWasLogged() {
        root.detachAppender(appender);
        root.setLevel(level);
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(Ears.KEY));
    }

    @Test
    void recogniser_thatIsRefusedAndBroken() {
        try (Ears ears = new Ears("nova-3")) {
            ears.server.answer(HandshakeAnswer.refuse(401, Map.of("dg-error", Ears.KEY), "bad " + Ears.KEY));
            ears.sendFrame();
            assertQuiet(ears.awaitFailure().toString());
        }
        try (Ears ears = new Ears("flux-general-en")) {
            ears.connected().close(4000, "secret: " + Ears.KEY);
            assertQuiet(ears.awaitFailure().toString());
            assertQuiet(ears.events.toString());
            assertThat(ears.events).anyMatch(SttEvent.Failed.class::isInstance);
        }
    }

    @Test
    void voice_thatIsRefusedAndBroken() {
        try (Mouth mouth = new Mouth(
                HandshakeAnswer.refuse(403, Map.of(), "{\"message\":\"" + Ears.KEY + "\"}"), Optional.empty())) {
            mouth.session.speak("c1", "Hello.");
            mouth.expect("c1 failed");
            assertQuiet(mouth.failures.toString());
        }
        try (Mouth mouth = new Mouth()) {
            mouth.session.speak("c1", "Hello.");
            mouth.said(0, "Flush")
                    .sendText("{\"type\":\"Warning\",\"code\":\"" + Ears.KEY + "\",\"description\":\"" + Ears.KEY
                            + "\"}");
            mouth.said(0, "Flush").close(1011, Ears.KEY);
            mouth.said(1, "Flush").close(1011, Ears.KEY);
            mouth.expect("c1 failed");
            assertQuiet(mouth.failures.toString());
        }
    }

    private static void assertQuiet(String text) {
        assertThat(text).doesNotContain(Ears.KEY);
    }
}
