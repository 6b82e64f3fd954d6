package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.pipeline.voice.CachingTtsEngine;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.S2sEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConversationsTest extends NamedProviders {

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
    void severalProvidersForAPart_standInForEachOther() {
        S2sEngine engine = conversations(
                        new Stt("a"), new Stt("b"), new Llm("a"), new Tts("a"), new Tts("b"), new Vad("a"))
                .create(new ProviderChoice(
                        "a", Optional.of("b,a"), Optional.empty(), Optional.of("b, a"), Optional.empty()));

        assertThat(engine.description()).contains("tones, or else tones + a's script + tones, or else tones");
        assertThat(made).contains("stt a", "stt b", "tts a", "tts b");
    }

    @Test
    void severalProvidersOfTheWhole_standInForEachOther_eachAsItIs() {
        S2sEngine engine = conversations(new Whole("x"), new Stt("a"), new Llm("a"), new Tts("a"), new Vad("a"))
                .create(ProviderChoice.of("x, a"));

        assertThat(engine).isInstanceOfSatisfying(FailoverEngine.class, failover -> {
            assertThat(failover.names()).containsExactly("x", "a");
            assertThat(failover.spareVoice()).isPresent();
        });
        assertThat(made).containsExactly("s2s x", "stt a", "llm a", "tts a", "vad a");
        assertThat(haveStandIns).containsExactly("x");
    }

    @Test
    void serviceAlone_standsInForItself_withAVoiceOfItsOwnForTheMeantime() {
        S2sEngine engine =
                conversations(new Whole("x"), new Tts("x"), new Tts("y")).create(ProviderChoice.of("x"));

        assertThat(engine).isInstanceOf(FailoverEngine.class);
        assertThat(made).containsExactly("s2s x", "tts x");
    }

    @Test
    void voiceForTheMeantime_canBeChosen_andSwitchedOff() {
        Providers all = Providers.of(new Whole("x"), new Tts("x"), new Tts("y"));
        new Conversations(all, ProviderConfig.of(Map.of("FAILOVER_VOICE", "y"))).create(ProviderChoice.of("x"));
        assertThat(made).containsExactly("s2s x", "tts y");
        made.clear();

        new Conversations(all, ProviderConfig.of(Map.of("FAILOVER_VOICE", "none"))).create(ProviderChoice.of("x"));
        assertThat(made).containsExactly("s2s x");

        assertThatThrownBy(() -> new Conversations(all, ProviderConfig.of(Map.of("FAILOVER_VOICE", "z")))
                        .create(ProviderChoice.of("x")))
                .hasMessageContaining("FAILOVER_VOICE=z")
                .hasMessageContaining("none");
    }

    @Test
    void providerNamedTwice_isRefused() {
        assertThatThrownBy(() -> conversations(new Whole("x")).create(ProviderChoice.of("x,x")))
                .hasMessageContaining("provider=x,x")
                .hasMessageContaining("once");
    }

    @Test
    void oneOfSeveralThatIsUnknown_isRefused_beforeAnythingIsLoaded() {
        assertThatThrownBy(() -> conversations(new Whole("x")).create(ProviderChoice.of("x,y")))
                .hasMessageContaining("provider=y");
        assertThat(made).isEmpty();
    }

    @Test
    void oneOfSeveralRecognisersThatFindsNoTurns_needsTheDetector() {
        assertThatThrownBy(() -> conversations(new FindsTurns("f"), new Stt("a"), new Llm("a"), new Tts("a"))
                        .create(new ProviderChoice(
                                "a", Optional.of("f,a"), Optional.empty(), Optional.empty(), Optional.empty())))
                .hasMessageContaining("\"tones\" does not find the end of a turn");
    }

    static Stream<Arguments> combinations() {
        List<String> lists = List.of("a", "b", "f", "a,b", "f,a", "b,f");
        return lists.stream()
                .flatMap(stt -> Stream.of("a", "b", "b,a")
                        .flatMap(llm -> Stream.of("a", "b", "a,b").map(tts -> Arguments.of(stt, llm, tts))));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void anyPartsOfAnyProviders_makeAConversation(String stt, String llm, String tts) {
        S2sEngine engine = conversations(
                        new Stt("a"),
                        new Stt("b"),
                        new FindsTurns("f"),
                        new Llm("a"),
                        new Llm("b"),
                        new Tts("a"),
                        new Tts("b"),
                        new Vad("v"))
                .create(new ProviderChoice(
                        "a", Optional.of(stt), Optional.of(llm), Optional.of(tts), Optional.empty()));

        assertThat(engine).isInstanceOf(CascadeEngine.class);
        for (String name : stt.split(",", -1)) {
            assertThat(made).contains("stt " + name);
        }
        assertThat(haveStandIns).isEqualTo(stt.contains(",") ? List.of(stt.split(",", -1)) : List.of());
        for (String name : llm.split(",", -1)) {
            assertThat(made).contains("llm " + name);
        }
        for (String name : tts.split(",", -1)) {
            assertThat(made).contains("tts " + name);
        }
        assertThat(made.contains("vad v")).isEqualTo(!stt.equals("f"));
        engine.close();
    }

    @Test
    void speechToSpeechOfThatName_isPreferred_unlessAPartIsNamed() {
        Conversations conversations =
                conversations(new Whole("x"), new Stt("x"), new Llm("x"), new Tts("x"), new Tts("y"), new Vad("x"));

        conversations.create(ProviderChoice.of("x"));
        assertThat(made).containsExactly("s2s x", "tts x");
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
                .hasMessageContaining("provider=a: it has no dialogue of its own")
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
    void settingsThatCannotWork_areAllNamed() {
        Conversations conversations = new Conversations(
                Providers.of(new Stt("a"), new Llm("a"), new Tts("a"), new Vad("a")),
                ProviderConfig.of(
                        Map.of("TTS_CACHE_MB", "much", "PREPARE_ANSWERS", "perhaps", "FAILOVER_REST", "soon")));

        assertThatThrownBy(() -> conversations.create(ProviderChoice.of("a")))
                .hasMessageContainingAll("TTS_CACHE_MB=much", "PREPARE_ANSWERS=perhaps", "FAILOVER_REST=soon");
    }

    @Test
    void providersThatRefuseTheirSettings_areAllNamed_andWhatWasMadeIsClosed() {
        Stt stt = new Stt("a");
        Conversations conversations = new Conversations(
                Providers.of(stt, new Keyless("b"), new Keyless("c"), new Vad("a")),
                ProviderConfig.of(Map.of("SPEED", "fast")));

        assertThatThrownBy(() -> conversations.create(new ProviderChoice(
                        "a", Optional.empty(), Optional.of("b"), Optional.of("c,b"), Optional.empty())))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION))
                .message()
                .isEqualTo("""
                        provider b: SPEED=fast: write a whole number from 1 to 9
                        provider b: B_KEY is not set; set it in the environment or in .env
                        provider c: SPEED=fast: write a whole number from 1 to 9
                        provider c: C_KEY is not set; set it in the environment or in .env""");
        assertThat(stt.engine.transcribe(tones.speak(16_000, "hello")).toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void providersOfTheWholeThatRefuseTheirSettings_areAllNamed() {
        Conversations conversations = conversations(
                new Keyless("b"), new Keyless("c"), new Stt("c"), new Stt("b"), new Whole("x"), new Vad("a"));

        assertThatThrownBy(() -> conversations.create(ProviderChoice.of("x,b,c")))
                .hasMessageContainingAll("B_KEY is not set", "C_KEY is not set");
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
    void failoverDefaultsInTheDocumentation_areThoseThatHold() {
        Map<String, String> documented = new HashMap<>();
        FailoverConfig.keys().forEach(key -> documented.put(key.name(), key.defaultValue()));
        ProviderConfig written = ProviderConfig.of(documented);

        assertThat(FailoverConfig.settings(written)).isEqualTo(FailoverSettings.DEFAULT);
        assertThat(FailoverConfig.sttAfter(written)).isEqualTo(FailoverConfig.sttAfter(config));
        assertThat(FailoverConfig.llmAfter(written)).isEqualTo(FailoverConfig.llmAfter(config));
        assertThat(FailoverConfig.ttsAfter(written)).isEqualTo(FailoverConfig.ttsAfter(config));
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
}
