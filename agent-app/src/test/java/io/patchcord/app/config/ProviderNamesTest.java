package io.patchcord.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderNamesTest {

    private final ValueType<String> names = new ProviderNames(
                    List.of("acme", "openai"), List.of("acme", "local", "openai"), "has no language model")
            .type();

    @Test
    void names_areTakenInTheirOrder_inAnyCase() {
        assertThat(names.parse(" OpenAI, acme")).isEqualTo("openai,acme");
        assertThat(names.label()).isEqualTo("acme|openai[,…]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local | local has no language model; write acme or openai",
                "deepgram | deepgram is not in this jar; write acme or openai, or run agent-app.jar, which has all of them",
                "openia | there is no provider openia in this jar; write acme or openai; did you mean openai?",
                "openai,acme,openai | write each name once"
            })
    void otherNames_areRefused_withWhatToWrite(String text, String complaint) {
        assertThatThrownBy(() -> names.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }
}
