package io.patchcord.app.acceptance;

import io.patchcord.app.caller.TestSpeech;
import io.patchcord.provider.deepgram.testing.FakeAgentScript;
import io.patchcord.provider.deepgram.testing.FakeVoiceAgentServer;
import io.patchcord.provider.openai.testing.FakeAnswer;
import io.patchcord.provider.openai.testing.FakeRealtimeServer;
import io.patchcord.provider.openai.testing.FakeScript;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A speech-to-speech service on 127.0.0.1 that speaks with the local voice: it knows the opening hours, puts callers through
 * to 7001, and cuts connections in the middle of what it says when it is told to.
 */
abstract sealed class FakeService implements AutoCloseable {

    static final String HOURS = "We are open from Monday to Friday.";
    static final String PUT_THROUGH = "I will put you through.";

    /** How many connections are still to be cut. */
    final AtomicInteger cutsLeft = new AtomicInteger();

    private final Random random = new Random(7);

    /** What the agent needs to find it. */
    abstract Map<String, String> settings();

    /** Pieces of audio after which a connection is cut; 0 if it is not to be. */
    synchronized int nextCut() {
        return cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 4 + random.nextInt(12) : 0;
    }

    @Override
    public abstract void close();

    /** OpenAI's Realtime API, which hears what the caller says. */
    static final class OpenAi extends FakeService {

        private final FakeRealtimeServer server;
        private volatile int diesAfter;

        OpenAi(TestSpeech speech) {
            server = FakeRealtimeServer.start(new FakeScript()
                            .hears(audio -> speech.hear(audio).toLowerCase(Locale.ROOT))
                            .speaks(speech::speak)
                            .sendsPieces(Duration.ofMillis(200), Duration.ofMillis(100))
                            .answers(OpenAi::answer))
                    .tap(new Cutter());
        }

        private static FakeAnswer answer(String heard) {
            if (heard.contains("person")) {
                return FakeAnswer.says(PUT_THROUGH).and(FakeAnswer.calls("transfer", "{\"destination\":\"7001\"}"));
            }
            return FakeAnswer.says(HOURS);
        }

        /** The next connection is cut after so many pieces of audio of 0.2 s, and the service cannot be reached from then on. */
        void diesAfter(int pieces) {
            diesAfter = pieces;
        }

        @Override
        Map<String, String> settings() {
            return Map.of(
                    "OPENAI_API_KEY",
                    "sk-test",
                    "OPENAI_BASE_URL",
                    server.baseUrl().toString());
        }

        @Override
        public void close() {
            server.close();
        }

        /** Cuts a connection after some pieces of audio. */
        private final class Cutter implements FakeRealtimeServer.Tap {

            private final Map<FakeConnection, AtomicInteger> piecesLeft = new ConcurrentHashMap<>();

            private int pieces() {
                return diesAfter > 0 ? diesAfter : nextCut();
            }

            @Override
            public void sent(FakeConnection connection, String message) {
                if (message.contains("output_audio.delta")
                        && piecesLeft
                                        .computeIfAbsent(connection, unused -> new AtomicInteger(pieces()))
                                        .decrementAndGet()
                                == 0) {
                    if (diesAfter > 0) {
                        server.sockets().answer(HandshakeAnswer.refuse(503, Map.of(), ""));
                    }
                    connection.reset();
                }
            }
        }
    }

    /** Deepgram's Voice Agent, which takes the caller's first turn for the hours and the second for the person. */
    static final class Deepgram extends FakeService {

        private final FakeVoiceAgentServer server;

        Deepgram(TestSpeech speech) {
            server = FakeVoiceAgentServer.start(new FakeAgentScript()
                    .hears("What are your opening hours?", "I would like to speak to a person.")
                    .answers(heard -> List.of(HOURS))
                    .callsTool(2, "transfer", "{\"destination\":\"7001\"}")
                    .answersTool(result -> List.of(PUT_THROUGH))
                    .cuts(settings -> nextCut())
                    .voice(sentence -> speech.speak(sentence).toSamples()));
        }

        @Override
        Map<String, String> settings() {
            return Map.of(
                    "DEEPGRAM_API_KEY",
                    "dg-test",
                    "DEEPGRAM_AGENT_URL",
                    server.uri().toString());
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
