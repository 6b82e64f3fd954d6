package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeFliteSearchTest {

    @Test
    void librariesThatAreNotThere_areNotFound_andThatIsNoError() {
        assertThat(NativeFlite.find("libflite-that-nobody-has.so.1", "libflite_cmu_us_nobody.so.1"))
                .isEmpty();
    }

    @Test
    void libraryThatIsAnotherOne_isNotTakenForFlite() {
        assertThat(NativeFlite.find("libc.so.6", "libc.so.6")).isEmpty();
    }
}
