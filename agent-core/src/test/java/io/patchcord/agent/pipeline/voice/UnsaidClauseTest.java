package io.patchcord.agent.pipeline.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsaidClauseTest {

    private static final Duration USUAL = Spoken.PER_CHARACTER;

    private final UnsaidClause clause = new UnsaidClause("c1", "aaaa bbbb cccc dddd eeee ffff gggg hhhh");

    @ParameterizedTest
    @ValueSource(ints = {30, 120})
    void voicesBreakOffOneAfterTheOther_eachIsMeasuredByItsOwnPace(int millisPerCharacter) {
        Duration pace = Duration.ofMillis(millisPerCharacter);
        say("aaaa bbbb cccc dddd", pace);
        assertThat(clause.keepRest(paceOf(pace))).isTrue();
        assertThat(clause.text()).isEqualTo("eeee ffff gggg hhhh");

        say("eeee ffff", USUAL);
        assertThat(clause.keepRest(new Pace())).isTrue();
        assertThat(clause.text()).isEqualTo("gggg hhhh");

        say("gggg hhhh", USUAL);
        assertThat(clause.keepRest(new Pace())).isFalse();
    }

    @Test
    void voiceThatSaysTheRest_isMeasuredByThat() {
        say("aaaa bbbb cccc dddd", USUAL);
        clause.keepRest(new Pace());
        say("eeee ffff gggg hhhh", Duration.ofMillis(100));
        Pace second = new Pace();
        clause.saidBy(second);

        assertThat(second.perCharacter()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void voiceThatSaidNothing_leavesAllOfIt() {
        assertThat(clause.keepRest(new Pace())).isTrue();
        assertThat(clause.text()).startsWith("aaaa").endsWith("hhhh");
    }

    private void say(String words, Duration perCharacter) {
        clause.said(AudioFrame.silence(AudioFormat.SLIN_8K, perCharacter.multipliedBy(words.length())));
    }

    private static Pace paceOf(Duration perCharacter) {
        Pace pace = new Pace();
        pace.spoke("x".repeat(20), perCharacter.multipliedBy(20));
        return pace;
    }
}
