package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.SttEvent;
import io.patchcord.provider.deepgram.testing.NothingLeft;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The key is in no log, with every logger at its most talkative, and in no event, also when the service repeats it. */
class KeyIsSecretTest {

    @RegisterExtension
    final NothingLeft left = new NothingLeft(Ears.KEY);

    @AfterEach
    void somethingWasLogged() {
        assertThat(left.logged()).isNotEmpty();
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
    void recogniser_thatIsEndedInAPause() {
        try (Ears ears = new Ears("nova-3")) {
            FakeConnection connection = ears.connected();
            ears.loop.advance(Duration.ofSeconds(30));
            connection.close(1011, "NET-0001 " + Ears.KEY);
            connection.awaitEnd();
            ears.connected(1);
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
