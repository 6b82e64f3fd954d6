package io.patchcord.provider.openai;

import io.patchcord.agent.contract.StreamingSttEngineContract;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.provider.openai.testing.FakeRealtimeServer;
import io.patchcord.provider.openai.testing.FakeScript;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

class RealtimeSttContractTest {

    /** The service finds the ends of turns. */
    @Nested
    class WithTurns extends Contract {
        WithTurns() {
            super("server_vad");
        }
    }

    /** We say where a turn ends. */
    @Nested
    class WithoutTurns extends Contract {
        WithoutTurns() {
            super("none");
        }
    }

    abstract static class Contract extends StreamingSttEngineContract {

        private final FakeScript script = new FakeScript();
        private final FakeRealtimeServer server = FakeRealtimeServer.start(script);
        private final String turns;

        Contract(String turns) {
            this.turns = turns;
        }

        @Override
        protected StreamingSttEngine create() {
            return (StreamingSttEngine) new OpenAiSttProvider()
                    .create(ProviderConfig.of(Map.of(
                            "OPENAI_API_KEY",
                            RealtimeCall.KEY,
                            "OPENAI_BASE_URL",
                            server.baseUrl().toString(),
                            "OPENAI_STT_TURN_DETECTION",
                            turns)));
        }

        @Override
        protected AudioFrame speech() {
            return AudioConverter.convertWhole(script.tones().speak(8_000, "hello there"), engine().inputFormat());
        }

        @Override
        protected String spokenWord() {
            return "hello";
        }

        @AfterAll
        void stopServer() {
            server.close();
        }
    }
}
