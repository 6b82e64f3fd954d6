package io.patchcord.provider.deepgram;

import io.patchcord.provider.deepgram.testing.NothingLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A voice that all is sent to as is published. */
abstract class SpeakTest {

    static final String FLUSH = "{\"type\":\"Flush\"}";
    static final String CLEAR = "{\"type\":\"Clear\"}";

    @RegisterExtension
    final NothingLeft left = new NothingLeft(Ears.KEY);

    Mouth mouth;

    @AfterEach
    void allThatWasSent_isAsPublished() {
        mouth.close();
        mouth.server.connections().stream()
                .filter(connection -> connection.headers().containsKey("upgrade"))
                .forEach(connection -> Published.check("deepgram-speak-v1", connection));
    }
}
