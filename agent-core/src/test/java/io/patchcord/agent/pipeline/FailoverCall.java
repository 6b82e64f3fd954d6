package io.patchcord.agent.pipeline;

import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallControl;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallSession;
import io.patchcord.agent.VoiceAgent;
import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.testing.FakeMediaPort;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.agent.tool.Tool;
import io.patchcord.agent.tool.ToolContext;
import io.patchcord.agent.tool.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A whole call with providers that stand in for each other, from the caller's frames to those that he hears, in virtual time. */
final class FailoverCall {

    static final String GREETING = "hello here is the shop";
    static final String MOMENT = "One moment, please.";
    static final Duration PTIME = Duration.ofMillis(20);

    final ManualCallLoop loop = new ManualCallLoop();
    final ToneSpeech tones = new ToneSpeech();
    final FakeMediaPort port = new FakeMediaPort();
    final List<CallEvent> events = new ArrayList<>();
    final List<S2sEvent> told = new ArrayList<>();
    final List<String> control = new ArrayList<>();
    final ScriptedTts spare = new ScriptedTts(tones);
    final CompletableFuture<String> toolResult = new CompletableFuture<>();

    FailoverSettings settings = FailoverSettings.DEFAULT;
    Optional<TtsEngine> spareVoice = Optional.of(spare);
    AgentProfile profile =
            AgentProfile.builder("test").greeting(GREETING).voice("ann").build();
    CallSession session;

    /** An engine of these, with names by their order. */
    FailoverEngine engine(S2sEngine... engines) {
        LinkedHashMap<String, S2sEngine> named = new LinkedHashMap<>();
        for (S2sEngine engine : engines) {
            named.put("p" + named.size(), engine);
        }
        return new FailoverEngine(named, spareVoice, settings, loop::nanoTime);
    }

    /** The call begins, and is live. */
    FailoverCall start(S2sEngine engine) {
        VoiceAgent agent = new VoiceAgent(
                new Overheard(engine),
                profile,
                Tools.of(List.of(new Bookings(), new Ending())),
                (call, event) -> events.add(event));
        CallContext context =
                new CallContext("c1", CallContext.Arrival.STASIS, "1.1", "100", "Ann", "2000", "scripted", "test");
        session = agent.newCall(context, loop, port, new Control());
        session.start();
        session.live();
        loop.runPending();
        return this;
    }

    /** A cascade with this model, as it stands in a list before others. */
    CascadeEngine cascade(ScriptedLlm model) {
        return new CascadeEngine(
                new ScriptedStt(loop, tones),
                model,
                new ScriptedTts(tones),
                Optional.of(new ScriptedVad()),
                CascadeSettings.builder()
                        .failuresToGiveUp(1)
                        .phrases(CascadeSettings.Phrases.ENGLISH.withoutFarewell())
                        .build());
    }

    /** So many words. */
    static String words(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    /** What a session is opened with by somebody else than a call. */
    S2sRequest request() {
        return new S2sRequest(
                "c2",
                loop,
                AudioFormat.SLIN_8K,
                AudioFormat.SLIN_8K,
                "",
                Optional.empty(),
                "en",
                Optional.empty(),
                List.of(),
                List.of());
    }

    void speak(String text) {
        send(tones.speak(8_000, text));
    }

    void silence(int millis) {
        send(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(millis)));
    }

    void silence(Duration duration) {
        silence((int) duration.toMillis());
    }

    void send(AudioFrame audio) {
        for (AudioFrame frame : Pieces.of(audio, PTIME)) {
            port.callerSends(frame);
            loop.advance(PTIME);
        }
    }

    /** All that the caller has heard. */
    String heard() {
        return tones.hear(Pieces.join(AudioFormat.SLIN_8K, port.sent()));
    }

    /** The same without the requests to wait, which he may have cut short. */
    String heardOfProviders() {
        return heard().replaceAll("One( moment,)?( please\\.)?", " ")
                .replaceAll(" +", " ")
                .strip();
    }

    /** The longest stretch of silence after something was heard. */
    Duration longestSilence() {
        int longest = 0;
        int current = 0;
        boolean anything = false;
        for (AudioFrame frame : port.sent()) {
            boolean silent = Arrays.equals(frame.data(), new byte[frame.data().length]);
            current = silent ? current + 1 : 0;
            anything |= !silent;
            longest = anything ? Math.max(longest, current) : longest;
        }
        return PTIME.multipliedBy(longest);
    }

    boolean isOver() {
        return events.stream().anyMatch(CallEvent.Ended.class::isInstance);
    }

    <E extends CallEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private final class Control implements CallControl {

        @Override
        public void hangUp() {
            control.add("hang up");
        }

        @Override
        public void transfer(String destination) {
            control.add("transfer " + destination);
        }

        @Override
        public void giveUp() {
            control.add("give up");
        }
    }

    /** A tool that answers when the test wants it. */
    private final class Bookings implements Tool {

        @Override
        public ToolSpec spec() {
            return new ToolSpec("book", "Books a table.", "{\"type\":\"object\"}");
        }

        @Override
        public CompletionStage<String> call(ToolContext call, Map<String, Object> arguments) {
            return toolResult;
        }
    }

    private static final class Ending implements Tool {

        @Override
        public ToolSpec spec() {
            return new ToolSpec("hang_up", "Ends the call.", "{\"type\":\"object\"}");
        }

        @Override
        public CompletionStage<String> call(ToolContext call, Map<String, Object> arguments) {
            call.hangUpAfterLastWord();
            return CompletableFuture.completedFuture("The call ends now.");
        }
    }

    /** The engine, with its events written down. */
    private final class Overheard implements S2sEngine {

        private final S2sEngine engine;

        Overheard(S2sEngine engine) {
            this.engine = engine;
        }

        @Override
        public String description() {
            return engine.description();
        }

        @Override
        public S2sCapabilities capabilities() {
            return engine.capabilities();
        }

        @Override
        public S2sSession open(S2sRequest request, S2sListener listener) {
            return engine.open(request, event -> {
                told.add(event);
                listener.onEvent(event);
            });
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
