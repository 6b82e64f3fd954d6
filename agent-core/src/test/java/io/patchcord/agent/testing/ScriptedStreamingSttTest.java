package io.patchcord.agent.testing;

import io.patchcord.agent.contract.StreamingSttEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.StreamingSttEngine;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** Both kinds of the scripted recogniser of streams. */
class ScriptedStreamingSttTest {

    private abstract static class Contract extends StreamingSttEngineContract {

        private final ToneSpeech speech = new ToneSpeech();
        private final boolean detectsTurns;

        Contract(boolean detectsTurns) {
            this.detectsTurns = detectsTurns;
        }

        @Override
        protected StreamingSttEngine create() {
            return new ScriptedStreamingStt(speech, detectsTurns);
        }

        @Override
        protected AudioFrame speech() {
            return speech.speak(8_000, "where are you?");
        }

        @Override
        protected String spokenWord() {
            return "where";
        }

        @Override
        protected Duration silenceAfterTurn() {
            return Duration.ofMillis(800);
        }
    }

    @Nested
    class FindsTurns extends Contract {
        FindsTurns() {
            super(true);
        }
    }

    @Nested
    class IsTold extends Contract {
        IsTold() {
            super(false);
        }
    }
}
