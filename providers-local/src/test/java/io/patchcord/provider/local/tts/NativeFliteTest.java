package io.patchcord.provider.local.tts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

class NativeFliteTest extends FliteVoiceContract {

    private Optional<NativeFlite.Libraries> libraries = Optional.empty();

    @BeforeAll
    void findLibraries() {
        libraries = NativeFlite.find();
        assumeTrue(libraries.isPresent(), "flite's libraries are not installed (Debian: libflite1)");
    }

    @Override
    FliteVoice newVoice() {
        return NativeFlite.open(libraries.orElseThrow());
    }
}
