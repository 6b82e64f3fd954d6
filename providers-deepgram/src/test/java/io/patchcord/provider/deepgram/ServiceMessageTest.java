package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceMessageTest {

    @Test
    void message_isReadWithItsType() {
        assertThat(typeOf("{\"type\":\"Results\",\"x\":" + zeros(1_000) + "}")).isEqualTo("Results");
    }

    @Test
    void messageOfAMegabyte_orOfAThousandLevels_isPassedOver() {
        assertThat(typeOf("{\"type\":\"Results\",\"x\":" + zeros(600_000) + "}"))
                .isEmpty();
        assertThat(typeOf("{\"type\":\"Results\",\"x\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello", "{", "{\"type\":", "[]", "7", "null", "{}", "{\"type\":null}"})
    void textThatIsNoMessage_hasNoType(String text) {
        assertThat(typeOf(text)).isEmpty();
    }

    private static String typeOf(String text) {
        return ServiceMessage.type(ServiceMessage.read(text));
    }

    private static String zeros(int count) {
        return "[" + "0,".repeat(count) + "0]";
    }
}
