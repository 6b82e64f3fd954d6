package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.WavReader;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One step as it stands on the command line; picocli fills in one of the fields. */
final class StepOption {

    @Option(
            names = "--say",
            paramLabel = "WAV",
            required = true,
            description = "Play this file: 16-bit linear, µ-law or A-law, of any rate, with one channel")
    @Nullable
    Path file;

    @Option(names = "--text", paramLabel = "WORDS", required = true, description = "Say this with the local voice")
    @Nullable
    String words;

    @Option(names = "--dtmf", paramLabel = "KEYS", required = true, description = "Press these keys: 0-9 * # A-D")
    @Nullable
    String keys;

    /**
     * The step, with its audio.
     *
     * @param voice speaks words
     * @throws IllegalArgumentException if there are no such keys
     */
    CallerStep load(Function<String, AudioFrame> voice) {
        if (file != null) {
            return new CallerStep.Say(
                    file.toString(), AudioConverter.convertWhole(WavReader.read(file), AudioFormat.SLIN_8K));
        }
        if (words != null) {
            return new CallerStep.Say('"' + words + '"', voice.apply(words));
        }
        String digits = keys == null ? "" : keys.toUpperCase(java.util.Locale.ROOT);
        if (!digits.matches("[0-9*#A-D]+")) {
            throw new IllegalArgumentException("--dtmf " + keys + ": write keys of 0-9 * # A-D");
        }
        return new CallerStep.Press(digits);
    }
}
