package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.pipeline.voice.CachingTtsEngine;
import io.patchcord.agent.pipeline.voice.PreparedVoice;
import io.patchcord.agent.pipeline.voice.PromptSettings;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.VadEngine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Speech to text, a dialogue and a voice, of any providers, behind the interface of a speech-to-speech engine. It owns its
 * parts and closes them. Thread-safe.
 */
public final class CascadeEngine implements S2sEngine {

    private final Standbys<SttEngine> stt;
    private final LlmEngine llm;
    private final TtsEngine tts;
    private final @Nullable VadEngine vad;
    private final CascadeSettings settings;

    /**
     * @param vad needed unless the recogniser finds the end of a turn itself
     * @throws ProviderException of kind CONFIGURATION if it is missing
     */
    public CascadeEngine(
            SttEngine stt, LlmEngine llm, TtsEngine tts, Optional<VadEngine> vad, CascadeSettings settings) {
        this(new Standbys<>(List.of(stt), FailoverSettings.DEFAULT.rests(), System::nanoTime), llm, tts, vad, settings);
    }

    /** With recognisers that stand in for each other; each that does not find the end of a turn itself needs the detector. */
    CascadeEngine(
            Standbys<SttEngine> stt, LlmEngine llm, TtsEngine tts, Optional<VadEngine> vad, CascadeSettings settings) {
        for (Standbys.Standby<SttEngine> recogniser : stt.all()) {
            if (vad.isEmpty() && !findsTurns(recogniser.engine())) {
                throw new ProviderException(
                        ProviderException.Kind.CONFIGURATION,
                        "the recogniser \"" + recogniser.engine().description()
                                + "\" does not find the end of a turn: it needs a voice activity detector beside it");
            }
        }
        this.stt = stt;
        this.llm = llm;
        this.tts = tts;
        this.vad = vad.orElse(null);
        this.settings = settings;
    }

    static boolean findsTurns(SttEngine recogniser) {
        return recogniser instanceof StreamingSttEngine streaming && streaming.detectsTurns();
    }

    @Override
    public String description() {
        String parts = stt.description() + " + " + llm.description() + " + " + tts.description();
        return vad == null ? parts : vad.description() + " + " + parts;
    }

    @Override
    public S2sCapabilities capabilities() {
        return new S2sCapabilities(
                true, true, true, llm.goesOn(), !llm.greeting().isBlank());
    }

    /** Fails if one of its parts does. */
    @Override
    public CompletableFuture<Void> check() {
        CompletableFuture<Void> detector = vad == null ? CompletableFuture.completedFuture(null) : vad.check();
        return CompletableFuture.allOf(stt.check(), llm.check(), tts.check(), detector);
    }

    @Override
    public S2sSession open(S2sRequest request, S2sListener listener) {
        return new CascadeSession(this, request, listener);
    }

    /** Renders them, and what the dialogue and the settings say word for word, if the voice can keep them, as a {@link CachingTtsEngine} does. */
    @Override
    public CompletableFuture<Void> prepare(List<String> sentences, Optional<String> voice, String language) {
        if (!(tts instanceof PreparedVoice cache)) {
            return CompletableFuture.completedFuture(null);
        }
        CascadeSettings.Phrases phrases = settings.phrases();
        List<String> all = Stream.of(sentences, List.of(llm.greeting()), phrases.all(), llm.fixedSentences())
                .flatMap(List::stream)
                .toList();
        return cache.prepare(all, PromptSettings.of(voice, language)).thenAccept(ready -> {});
    }

    @Override
    public void close() {
        stt.close();
        llm.close();
        tts.close();
        if (vad != null) {
            vad.close();
        }
    }

    CascadeSettings settings() {
        return settings;
    }

    TtsEngine voice() {
        return tts;
    }

    String greeting(S2sRequest request) {
        return request.greeting().orElseGet(llm::greeting);
    }

    /** Whether the model is told of keys as words of the caller's. */
    boolean readsKeys() {
        return llm.readsKeys();
    }

    LlmSession openModel(S2sRequest request) {
        return llm.open(new LlmRequest(
                request.callId(), request.loop(), request.instructions(), request.language(), request.tools()));
    }

    Listening openListening(S2sRequest request, Supplier<String> agentSaid, TurnListener listener) {
        if (stt.all().size() == 1) {
            return listening(stt.preferred().engine(), request, agentSaid, listener);
        }
        return new ListeningFallback(
                request.loop(), stt, (recogniser, ear) -> listening(recogniser, request, agentSaid, ear), listener);
    }

    private Listening listening(
            SttEngine recogniser, S2sRequest request, Supplier<String> agentSaid, TurnListener listener) {
        CallLoop loop = request.loop();
        if (recogniser instanceof StreamingSttEngine streaming && streaming.detectsTurns()) {
            return new StreamingListening(
                    loop, settings, streaming, request.language(), Optional.ofNullable(vad), listener);
        }
        if (vad == null) {
            throw new AssertionError("the constructor has seen to it that there is one");
        }
        Recognition recognition = recognition(recogniser, request, listener);
        return new VadListening(loop, settings, vad, recognition, agentSaid, listener);
    }

    private Recognition recognition(SttEngine recogniser, S2sRequest request, TurnListener listener) {
        if (recogniser instanceof SegmentSttEngine segments) {
            return new SegmentRecognition(
                    segments, request.loop(), settings.deadlines().transcript());
        }
        if (recogniser instanceof StreamingSttEngine streaming) {
            return new StreamRecognition(
                    streaming, request.loop(), request.language(), request.inputFormat(), settings, listener);
        }
        throw new AssertionError(recogniser);
    }
}
