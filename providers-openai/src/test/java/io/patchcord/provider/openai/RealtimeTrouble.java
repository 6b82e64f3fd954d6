package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import org.junit.jupiter.api.AfterEach;

/** One call with a service in trouble, or one that is not quite compatible. */
abstract class RealtimeTrouble {

    final RealtimeCall call = new RealtimeCall();

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    void greet() {
        call.start();
        call.pass(1_500);
    }

    void askAndExpectAnAnswer() {
        call.speak("hours please");
        call.pass(4_000);
        assertThat(call.heard()).endsWith("You said hours please");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }
}
