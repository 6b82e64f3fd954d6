package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sProvider;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadProvider;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.testing.ToneSpeech;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private final List<String> made = new ArrayList<>();
    private final ToneSpeech tones = new ToneSpeech();
    private final ScriptedTts voice = new ScriptedTts(tones);
    private final ProviderConfig config = ProviderConfig.of(Map.of());

    @Test
    void partsOfOneName_makeACascade() {
        S2sEngine engine = conversations(new Stt("home"), new Llm("home"), new Tts("home"), new Vad("home"))
                .create(ProviderChoice.of("home"));

        assertThat(engine).isInstanceOf(CascadeEngine.class);
        assertThat(made).containsExactlyInAnyOrder("stt home", "llm home", "tts home", "vad home");
    }

    @Test
    void partsOfDifferentNames_makeACascade_withAnyVadThereIs() {
        conversations(new Stt("a"), new Llm("a"), new Llm("b"), new Tts("a"), new Tts("c"), new Vad("d"))
                .create(new ProviderChoice(
                        "a", Optional.empty(), Optional.of("b"), Optional.of("c"), Optional.empty()));

        assertThat(made).containsExactlyInAnyOrder("stt a", "llm b", "tts c", "vad d");
    }

    @Test
    void severalDialogues_areFallbacksOfEachOther() {
        S2sEngine engine = conversations(new Stt("a"), new Llm("a"), new Llm("b"), new Tts("a"), new Vad("a"))
                .create(new ProviderChoice(
                        "a", Optional.empty(), Optional.of("b, a"), Optional.empty(), Optional.empty()));

        assertThat(engine.description()).contains("b's script, or else a's script");
    }

    @Test
    void speechToSpeechOfThatName_isPreferred_unlessAPartIsNamed() {
        Conversations conversations =
                conversations(new Whole("x"), new Stt("x"), new Llm("x"), new Tts("x"), new Tts("y"), new Vad("x"));

        conversations.create(ProviderChoice.of("x"));
        assertThat(made).containsExactly("s2s x");
        made.clear();
        conversations.create(
                new ProviderChoice("x", Optional.empty(), Optional.empty(), Optional.of("y"), Optional.empty()));

        assertThat(made).containsExactlyInAnyOrder("stt x", "llm x", "tts y", "vad x");
    }

    @Test
    void unknownName_isRefusedWithWhatThereIs_beforeAnythingIsLoaded() {
        Conversations conversations = conversations(new Stt("home"), new Llm("home"), new Tts("home"), new Vad("home"));

        assertThatThrownBy(() -> conversations.create(ProviderChoice.of("hoome")))
                .isInstanceOfSatisfying(ProviderException.class, e -> {
                    assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION);
                    assertThat(e).hasMessageContaining("provider=hoome").hasMessageContaining("one of home");
                });
        assertThat(made).isEmpty();
    }

    @Test
    void missingPart_isRefusedWithWhereToGetIt() {
        Conversations conversations = conversations(new Stt("a"), new Llm("b"), new Tts("a"), new Vad("a"));

        assertThatThrownBy(() -> conversations.create(ProviderChoice.of("a")))
                .hasMessageContaining("there is no dialogue of that name")
                .hasMessageContaining("llm= one of b");
    }

    @Test
    void noVadAnywhere_isRefused_andWhatWasMadeIsClosed() {
        Stt stt = new Stt("a");
        Conversations conversations = conversations(stt, new Llm("a"), new Tts("a"));

        assertThatThrownBy(() -> conversations.create(ProviderChoice.of("a")))
                .hasMessageContaining("voice activity detector");
        assertThat(stt.engine.transcribe(tones.speak(16_000, "hello")).toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void settingThatCannotWork_isNamed() {
        Conversations conversations = new Conversations(
                Providers.of(new Stt("a"), new Llm("a"), new Tts("a"), new Vad("a")),
                ProviderConfig.of(Map.of("TURN_SILENCE", "2s")));

        assertThatThrownBy(() -> conversations.create(ProviderChoice.of("a"))).hasMessageContaining("TURN_SILENCE");
        assertThat(made).isEmpty();
    }

    @Test
    void defaultsInTheDocumentation_areThoseThatHold() {
        Map<String, String> documented = new HashMap<>();
        CascadeConfig.keys().forEach(key -> documented.put(key.name(), key.defaultValue()));

        CascadeSettings written = CascadeConfig.settings(ProviderConfig.of(documented));
        CascadeSettings defaults = CascadeSettings.defaults();

        assertThat(written.waits()).isEqualTo(defaults.waits());
        assertThat(written.deadlines()).isEqualTo(defaults.deadlines());
        assertThat(written.speechThreshold()).isEqualTo(defaults.speechThreshold());
        assertThat(written.silenceThreshold()).isEqualTo(defaults.silenceThreshold());
        assertThat(written.prepareAnswers()).isEqualTo(defaults.prepareAnswers());
        assertThat(CascadeConfig.cacheBytes(ProviderConfig.of(documented)))
                .isEqualTo(CachingTtsEngine.DEFAULT_MAX_BYTES);
    }

    @Test
    void prepare_rendersWhatIsSaidWordForWord() throws Exception {
        S2sEngine engine = conversations(new Stt("a"), new Llm("a"), new Tts("a"), new Vad("a"))
                .create(ProviderChoice.of("a"));

        engine.prepare(List.of("Not set up."), Optional.empty(), "en").get(30, TimeUnit.SECONDS);

        assertThat(voice.spoken()).contains("Not set up.", "Goodbye.", "Welcome.");
        assertThat(voice.spoken()).anyMatch(text -> text.contains("something went wrong"));
    }

    private Conversations conversations(Provider... providers) {
        return new Conversations(Providers.of(providers), config);
    }

    private final class Stt implements SttProvider {
        private final String name;
        private final ScriptedStt engine = new ScriptedStt(new ManualCallLoop(), tones);

        Stt(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public SttEngine create(ProviderConfig config) {
            made.add("stt " + name);
            return engine;
        }
    }

    private final class Llm implements LlmProvider {
        private final String name;

        Llm(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public LlmEngine create(ProviderConfig config) {
            made.add("llm " + name);
            return new ScriptedLlm(name + "'s script").greeting("Welcome.").fixedSentences("Goodbye.");
        }
    }

    private final class Tts implements TtsProvider {
        private final String name;

        Tts(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public TtsEngine create(ProviderConfig config) {
            made.add("tts " + name);
            return voice;
        }
    }

    private final class Vad implements VadProvider {
        private final String name;

        Vad(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public VadEngine create(ProviderConfig config) {
            made.add("vad " + name);
            return new ScriptedVad();
        }
    }

    private final class Whole implements S2sProvider {
        private final String name;

        Whole(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public S2sEngine create(ProviderConfig config) {
            made.add("s2s " + name);
            return new CascadeEngine(
                    new ScriptedStt(new ManualCallLoop(), tones),
                    new ScriptedLlm(),
                    voice,
                    Optional.of(new ScriptedVad()),
                    CascadeSettings.defaults());
        }
    }
}
