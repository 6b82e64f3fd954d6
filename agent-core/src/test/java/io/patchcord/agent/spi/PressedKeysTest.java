package io.patchcord.agent.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PressedKeysTest {

    private static final Duration BARELY_A_PAUSE = PressedKeys.PAUSE.minusMillis(1);

    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<String> told = new ArrayList<>();
    private final PressedKeys keys = new PressedKeys(loop, told::add);

    @BeforeEach
    void sessionIsReady() {
        keys.ready();
    }

    @Test
    void numbersBeforeTheSessionIsReady_areToldWhenItIs() {
        PressedKeys early = new PressedKeys(loop, told::add);
        early.press('1');
        early.press('#');
        early.press('2');
        loop.advance(PressedKeys.PAUSE);
        assertThat(told).isEmpty();
        early.ready();

        assertThat(told)
                .containsExactly("(The caller pressed 1 # on the keypad.)", "(The caller pressed 2 on the keypad.)");
    }

    @Test
    void keysOfOneNumber_areToldTogether_afterAPause() {
        for (char key : "407".toCharArray()) {
            loop.advance(BARELY_A_PAUSE);
            keys.press(key);
        }
        loop.advance(BARELY_A_PAUSE);
        assertThat(told).isEmpty();

        loop.advance(Duration.ofMillis(1));

        assertThat(told).containsExactly("(The caller pressed 4 0 7 on the keypad.)");
    }

    @Test
    void hash_endsTheNumberAtOnce() {
        keys.press('1');
        keys.press('#');

        assertThat(told).containsExactly("(The caller pressed 1 # on the keypad.)");
        loop.advance(PressedKeys.PAUSE);
        assertThat(told).hasSize(1);
    }

    @Test
    void numbersAreToldApart() {
        keys.press('1');
        loop.advance(PressedKeys.PAUSE);
        keys.press('2');
        loop.advance(PressedKeys.PAUSE);

        assertThat(told)
                .containsExactly("(The caller pressed 1 on the keypad.)", "(The caller pressed 2 on the keypad.)");
    }

    @Test
    void keyThatSticks_isToldInPieces() {
        for (int i = 0; i < 200; i++) {
            keys.press('5');
        }
        loop.advance(PressedKeys.PAUSE);

        assertThat(told).hasSize(4);
        assertThat(String.join("", told).chars().filter(c -> c == '5')).hasSize(200);
    }

    @Test
    void closed_tellsNothing() {
        keys.press('1');
        keys.close();
        keys.close();

        loop.advance(PressedKeys.PAUSE);

        assertThat(told).isEmpty();
    }
}
