package io.patchcord.agent.pipeline;

import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.contract.S2sOrder;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** A call with a cascade of scripted parts, in virtual time: the caller's side of it. */
final class Call {

    static final Duration PTIME = Duration.ofMillis(20);

    final ManualCallLoop loop = new ManualCallLoop();
    final ToneSpeech tones = new ToneSpeech();
    final ScriptedStt stt = new ScriptedStt(loop, tones);
    final ScriptedLlm llm = new ScriptedLlm();
    final ScriptedTts tts = new ScriptedTts(tones);
    final List<S2sEvent> events = new ArrayList<>();

    SttEngine ears = stt;
    /** Instead of the ears, several that stand in for each other. */
    Standbys<SttEngine> standbys;

    LlmEngine model = llm;
    TtsEngine voice = tts;
    Optional<VadEngine> vad = Optional.of(new ScriptedVad());
    CascadeSettings settings = CascadeSettings.defaults();
    Optional<String> greeting = Optional.empty();
    List<ConversationItem> history = List.of();
    /** What the core does about an event, while it is told it. */
    Consumer<S2sEvent> core = event -> {};

    private final List<Long> times = new ArrayList<>();
    private S2sSession session;

    S2sSession open() {
        CascadeEngine engine = standbys == null
                ? new CascadeEngine(ears, model, voice, vad, settings)
                : new CascadeEngine(standbys, model, voice, vad, settings);
        session = engine.open(
                new S2sRequest(
                        "call-1",
                        loop,
                        AudioFormat.ULAW_8K,
                        AudioFormat.ULAW_8K,
                        "",
                        greeting,
                        "en",
                        Optional.empty(),
                        List.of(new ToolSpec("end_call", "Ends the call.", "{\"type\":\"object\"}")),
                        history),
                this::onEvent);
        loop.runPending();
        return session;
    }

    private void onEvent(S2sEvent event) {
        events.add(event);
        times.add(loop.nanoTime());
        core.accept(event);
    }

    S2sSession session() {
        return session;
    }

    /** The caller speaks, in frames of one ptime. */
    void speak(String text) {
        AudioFrame audio = tones.speak(8_000, text);
        for (AudioFrame piece : Pieces.of(audio, PTIME)) {
            send(piece);
        }
    }

    /** What sounds like speech, as long as these words, and has no words in it. */
    AudioFrame unintelligible(String words) {
        ToneSpeech others = new ToneSpeech();
        others.speak(8_000, "first come the tones that the caller's words will have");
        return new AudioConverter(AudioFormat.ULAW_8K).convert(others.speak(8_000, words));
    }

    /** The caller is silent, and the line sends that. */
    void silence(Duration duration) {
        for (AudioFrame piece : Pieces.of(AudioFrame.silence(AudioFormat.SLIN_8K, duration), PTIME)) {
            send(piece);
        }
    }

    void silence(int millis) {
        silence(Duration.ofMillis(millis));
    }

    /** The line sends nothing at all. */
    void noAudio(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    void send(AudioFrame frame) {
        session.sendAudio(new AudioConverter(AudioFormat.ULAW_8K).convert(frame));
        loop.advance(frame.duration());
    }

    <E extends S2sEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** When the last event of this type came. */
    Duration timeOf(Class<? extends S2sEvent> type) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (type.isInstance(events.get(i))) {
                return Duration.ofNanos(times.get(i));
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in " + events);
    }

    Duration now() {
        return Duration.ofNanos(loop.nanoTime());
    }

    /** What the caller's words were taken for, turn by turn. */
    List<String> transcripts() {
        return all(S2sEvent.InputTranscript.class).stream()
                .filter(S2sEvent.InputTranscript::isFinal)
                .map(S2sEvent.InputTranscript::text)
                .toList();
    }

    /** What can be heard of all responses, from their audio alone. */
    List<String> heard() {
        List<String> heard = new ArrayList<>();
        for (S2sEvent.ResponseStarted response : all(S2sEvent.ResponseStarted.class)) {
            heard.add(heard(response.responseId()));
        }
        return heard.stream().filter(text -> !text.isEmpty()).toList();
    }

    String heard(String responseId) {
        List<AudioFrame> pieces = all(S2sEvent.ResponseAudio.class).stream()
                .filter(audio -> audio.responseId().equals(responseId))
                .map(S2sEvent.ResponseAudio::audio)
                .toList();
        return tones.hear(Pieces.join(AudioFormat.SLIN_8K, pieces));
    }

    /** The written words of all responses. */
    String written() {
        StringJoiner words = new StringJoiner("|");
        String last = "";
        StringBuilder text = new StringBuilder();
        for (S2sEvent.ResponseText part : all(S2sEvent.ResponseText.class)) {
            if (!part.responseId().equals(last) && text.length() > 0) {
                words.add(text);
                text.setLength(0);
            }
            last = part.responseId();
            text.append(part.text());
        }
        return words.add(text).toString();
    }

    /** The history that the model was last asked with. */
    List<ConversationItem> lastHistory() {
        return llm.histories().get(llm.histories().size() - 1);
    }

    void checkOrder() {
        S2sOrder.check(events);
    }

    static ProviderException failure(ProviderException.Kind kind) {
        return new ProviderException(kind, "as the test wants it");
    }
}
