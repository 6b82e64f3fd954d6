package io.patchcord.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.FakeMediaPort;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedS2s;
import io.patchcord.agent.tool.HangUpTool;
import io.patchcord.agent.tool.TakeMessageTool;
import io.patchcord.agent.tool.Tool;
import io.patchcord.agent.tool.ToolContext;
import io.patchcord.agent.tool.Tools;
import io.patchcord.agent.tool.TransferTool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call in which provider, caller, tools and PBX do anything at any time, and the provider throws wherever it is called:
 * the caller hears a frame every ptime until the end, the call ends once, and nothing is left of it.
 */
class CallSessionTurmoilTest {

    private static final int SEEDS = 300;
    private static final int STEPS = 150;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anythingAtAnyTime(long seed) {
        new Turmoil(new Random(seed)).run();
    }

    private static final class Turmoil {

        private final Random random;
        private final ManualCallLoop loop = new ManualCallLoop();
        private final FakeMediaPort port = new FakeMediaPort();
        private final Provider provider;
        private final LateTool late = new LateTool();
        private final List<CallEvent> events = new ArrayList<>();
        private final List<String> control = new ArrayList<>();
        private int responses;

        Turmoil(Random random) {
            this.random = random;
            this.provider = new Provider(random);
        }

        void run() {
            VoiceAgent agent = new VoiceAgent(
                    provider,
                    AgentProfile.builder("test")
                            .maxDuration(Duration.ofMinutes(1))
                            .build(),
                    Tools.of(List.of(new HangUpTool(), new TransferTool(), new TakeMessageTool(), late)),
                    (call, event) -> events.add(event));
            CallContext context =
                    new CallContext("c1", CallContext.Arrival.STASIS, "1.1", "100", "", "2000", "turmoil", "test");
            CallSession call = random.nextInt(8) == 0
                    ? agent.newRefusal(context, loop, port, new Control())
                    : agent.newCall(context, loop, port, new Control());
            call.start();
            for (int i = 0; i < STEPS; i++) {
                step(call);
                loop.advance(Duration.ofMillis(random.nextInt(80)));
                if (!port.isClosed()) {
                    assertThat(port.sent())
                            .as("a frame every ptime")
                            .hasSize((int) (Duration.ofNanos(loop.nanoTime()).toMillis() / 20) + 1);
                }
            }
            loop.advance(Duration.ofMinutes(2));

            assertThat(events).filteredOn(CallEvent.Ended.class::isInstance).hasSize(1);
            assertThat(events).last().isInstanceOf(CallEvent.Ended.class);
            assertThat(port.isClosed()).as("the audio is closed").isTrue();
            assertThat(provider.open).as("the provider's session is open").isFalse();
            assertThat(control).as("what became of the caller").hasSizeLessThanOrEqualTo(1);
            assertThat(loop.waiting()).as("tasks that wait on the loop").isZero();
        }

        private void step(CallSession call) {
            switch (random.nextInt(40)) {
                case 0, 1, 2, 3 -> call.live();
                case 4 -> pbx(call);
                case 5, 6, 7, 8, 9, 10 -> port.callerSends(ScriptedS2s.tone(Duration.ofMillis(20)));
                case 11, 12 -> port.callerPresses('5');
                case 13 -> late.complete();
                default -> provider.say(event());
            }
        }

        private void pbx(CallSession call) {
            switch (random.nextInt(6)) {
                case 0 -> call.shutDown();
                case 1 -> call.end(CallEvent.EndReason.MEDIA_FAILED);
                case 2 -> port.callerHangsUp();
                default -> {
                    // Most calls shall last.
                }
            }
        }

        private S2sEvent event() {
            String id = "r" + (responses - random.nextInt(2));
            return switch (random.nextInt(24)) {
                case 0, 1, 2 -> new S2sEvent.ResponseStarted("r" + ++responses);
                case 3, 4, 5, 6 ->
                    new S2sEvent.ResponseAudio(id, ScriptedS2s.tone(Duration.ofMillis(1 + random.nextInt(300))));
                case 7, 8, 9 -> new S2sEvent.ResponseDone(id);
                case 10 -> new S2sEvent.ResponseText(id, "word ");
                case 11, 12 -> new S2sEvent.SpeechStarted();
                case 13 -> new S2sEvent.SpeechStopped();
                case 14, 15 -> new S2sEvent.TurnEnded(loop.nanoTime());
                case 16 -> new S2sEvent.InputTranscript("hello", true);
                case 17, 18 -> new S2sEvent.ToolCall("t", "late", Map.of());
                case 19 -> endingTool();
                case 20 ->
                    random.nextInt(4) == 0
                            ? new S2sEvent.Failed(new ProviderException(ProviderException.Kind.UNAVAILABLE, "gone"))
                            : new S2sEvent.SpeechStopped();
                case 21 -> random.nextInt(4) == 0 ? new S2sEvent.Closed() : new S2sEvent.SpeechStopped();
                case 22 -> new S2sEvent.LatencyMark(S2sEvent.Stage.FIRST_AUDIO, loop.nanoTime());
                default -> new S2sEvent.Ready();
            };
        }

        private S2sEvent endingTool() {
            return random.nextBoolean()
                    ? new S2sEvent.ToolCall("t", "hang_up", Map.of())
                    : new S2sEvent.ToolCall("t", "transfer", Map.of("destination", "7001"));
        }

        private final class Control implements CallControl {
            @Override
            public void hangUp() {
                control.add("hangUp");
            }

            @Override
            public void transfer(String destination) {
                control.add("transfer " + destination);
            }

            @Override
            public void giveUp() {
                control.add("giveUp");
            }
        }
    }

    /** Answers when the test says so, and then uses the call once more. */
    private static final class LateTool implements Tool {

        private final List<CompletableFuture<String>> open = new ArrayList<>();
        private @Nullable ToolContext call;

        @Override
        public ToolSpec spec() {
            return new ToolSpec("late", "Takes its time.", "{\"type\":\"object\"}");
        }

        @Override
        public CompletionStage<String> call(ToolContext context, Map<String, Object> arguments) {
            call = context;
            CompletableFuture<String> result = new CompletableFuture<>();
            open.add(result);
            return result;
        }

        void complete() {
            if (call != null && !open.isEmpty()) {
                call.messageTaken(Map.of("message", "late"));
                call.changeVoice("low");
                open.remove(0).complete("Done.");
            }
        }
    }

    /** Throws now and then, wherever it is called. */
    private static final class Provider implements S2sEngine {

        private final Random random;
        private final int oneIn;
        private @Nullable S2sListener listener;
        private boolean open;

        Provider(Random random) {
            this.random = random;
            this.oneIn = random.nextBoolean() ? 1_000_000 : 30;
        }

        void say(S2sEvent event) {
            if (listener != null) {
                listener.onEvent(event);
                if (event instanceof S2sEvent.Closed) {
                    listener = null;
                    open = false;
                }
            }
        }

        private void mayThrow() {
            if (random.nextInt(oneIn) == 0) {
                throw new IllegalStateException("a fault of the provider's");
            }
        }

        @Override
        public String description() {
            return "turmoil";
        }

        @Override
        public S2sCapabilities capabilities() {
            return new S2sCapabilities(true, true, true);
        }

        @Override
        public S2sSession open(S2sRequest request, S2sListener newListener) {
            mayThrow();
            listener = newListener;
            open = true;
            return new Session();
        }

        @Override
        public void close() {}

        private final class Session implements S2sSession {

            @Override
            public void sendAudio(AudioFrame frame) {
                assertThat(frame.format()).isEqualTo(AudioFormat.SLIN_8K);
                mayThrow();
            }

            @Override
            public void sendDtmf(char digit) {
                mayThrow();
            }

            @Override
            public void interrupt(String responseId, Duration playedOut) {
                mayThrow();
            }

            @Override
            public void playedOut(String responseId) {
                mayThrow();
            }

            @Override
            public void toolResult(String callId, String result) {
                mayThrow();
            }

            @Override
            public void say(String text) {
                mayThrow();
            }

            @Override
            public void changeVoice(String voice) {
                mayThrow();
            }

            @Override
            public void close() {
                say(new S2sEvent.Closed());
                mayThrow();
            }

            private void say(S2sEvent event) {
                Provider.this.say(event);
            }
        }
    }
}
