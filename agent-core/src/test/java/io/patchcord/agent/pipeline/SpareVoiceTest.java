package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.pipeline.voice.BrittleVoice;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sentences that no session can say, and the time after which they are said. */
class SpareVoiceTest {

    private final FailoverCall call = new FailoverCall();
    private final ScriptedTts tts = new ScriptedTts(new ToneSpeech());
    private final BrittleVoice engine = new BrittleVoice(tts);
    private final List<S2sEvent> told = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final SpareVoice voice = voice(Optional.of(engine));

    @Test
    void sentences_areSaidOneAfterTheOther_eachAResponseOfItsOwn() {
        say("one moment");
        say("still there");
        assertThat(voice.isBusy()).isTrue();
        call.loop.advance(Duration.ofSeconds(5));

        assertThat(happened).containsExactly("said one moment", "said still there", "idle");
        assertThat(told.stream().filter(S2sEvent.ResponseStarted.class::isInstance))
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(voice.isBusy()).isFalse();
    }

    @Test
    void callerWhoInterrupts_hearsTheNextSentence() {
        say("one moment");
        say("goodbye");
        call.loop.advance(Duration.ofMillis(100));
        boolean own = voice.interrupt("spare-1");
        call.loop.advance(Duration.ofSeconds(5));

        assertThat(own).isTrue();
        assertThat(happened).containsExactly("said one moment", "said goodbye", "idle");
        assertThat(voice.interrupt("r1")).as("of a session").isFalse();
    }

    @Test
    void sentenceThatCannotBeSpoken_holdsNothingUp() {
        tts.failNext(new ProviderException(Kind.UNAVAILABLE, "down")).hangNext();
        say("one moment");
        say("still there");
        call.loop.advance(Duration.ofSeconds(10));

        assertThat(happened).containsExactly("said one moment", "said still there", "idle");
    }

    @Test
    void withoutAVoice_thereIsSilence_andNothingWaitsForIt() {
        SpareVoice none = voice(Optional.empty());
        none.say("one moment", () -> happened.add("said"));

        assertThat(none.isThere()).isFalse();
        assertThat(happened).containsExactly("said", "idle");
    }

    @Test
    void close_endsTheSession_andSaysNoMore() {
        say("one moment");
        say("still there");
        call.loop.advance(Duration.ofMillis(100));
        voice.close();
        call.loop.advance(Duration.ofSeconds(10));

        assertThat(happened).isEmpty();
        assertThat(engine.open()).isZero();
        assertThat(call.loop.waiting()).isZero();
    }

    @Test
    void requestToWait_comesSoonWhereAProviderFailed_laterWhereItMayBeSlow_andAgain() {
        Bridge bridge = new Bridge(call.loop, FailoverSettings.DEFAULT, voice);
        bridge.begin(call.loop.nanoTime());
        call.loop.advance(Duration.ofMillis(2_700));
        assertThat(tts.spoken()).isEmpty();
        call.loop.advance(Duration.ofMillis(200));
        assertThat(tts.spoken()).hasSize(1);
        call.loop.advance(Duration.ofSeconds(6));
        assertThat(tts.spoken()).hasSize(2);
        bridge.end();
        call.loop.advance(Duration.ofSeconds(20));
        assertThat(tts.spoken()).hasSize(2);

        bridge.begin(call.loop.nanoTime());
        bridge.beginSoon(call.loop.nanoTime());
        call.loop.advance(Duration.ofMillis(600));
        assertThat(tts.spoken()).hasSize(2);
        call.loop.advance(Duration.ofMillis(200));
        assertThat(tts.spoken()).hasSize(3);
        bridge.end();
    }

    private void say(String sentence) {
        voice.say(sentence, () -> happened.add("said " + sentence));
    }

    private SpareVoice voice(Optional<TtsEngine> of) {
        return new SpareVoice(of, call.request(), told::add, () -> happened.add("idle"));
    }
}
