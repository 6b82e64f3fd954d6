package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The voice that we ship is that of the npm module, in spite of all that the build does to it. */
class TranslationTest {

    /** Where the build put the module; it is needed to make the jar, and so is always there. */
    private static final Path MODULE = Path.of("target", "flite", "flite.wasm");

    private static ReferenceFlite reference;
    private static FliteVoice voice;

    @BeforeAll
    static void load() {
        reference = new ReferenceFlite(MODULE);
        voice = new EmbeddedFlite(FliteImage.load());
    }

    /** Short ones: the module as it is takes seconds for a sentence. */
    @ParameterizedTest
    @ValueSource(strings = {"Dr. O'Neill, $9.50?", "XIV & zyzzyva", "a"})
    void translatedVoice_saysWhatTheModuleSays(String text) {
        short[] expected = reference.speak(text);
        short[] actual = Recording.of(voice, text);

        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            // Java's exp, log and pow may differ in the last bit from those of the module.
            assertThat((int) actual[i]).as("sample %d", i).isBetween(expected[i] - 2, expected[i] + 2);
        }
    }
}
