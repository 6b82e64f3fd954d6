package io.patchcord.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {

    @ParameterizedTest
    @CsvSource({
        "AUDIOSOCKET_PROT, AUDIOSOCKET_PORT",
        "AUDIOSOKET_PORT, AUDIOSOCKET_PORT",
        "AUDIOSOCKET_PORTS, AUDIOSOCKET_PORT",
        "HEALTHPORT, HEALTH_PORT",
        "PORT, ",
        "HOME, ",
        "PATH, "
    })
    void slip_isToldFromAnotherWord(String word, String expected) {
        assertThat(NearMiss.of(word, List.of("AUDIOSOCKET_PORT", "HEALTH_PORT", "LOG_LEVEL"))
                        .orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void alternatives_areListed_withAGuess() {
        assertThat(NearMiss.alternatives("jason", List.of("text", "json")))
                .isEqualTo("text or json; did you mean json?");
        assertThat(NearMiss.alternatives("x", List.of("deepgram", "local", "openai")))
                .isEqualTo("deepgram, local or openai");
        assertThat(NearMiss.alternatives("x", List.of("local"))).isEqualTo("local");
    }
}
