package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ProviderException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which providers a conversation is made of, by name.
 *
 * <p>Each may be several names with commas between them: the preferred one, and those that stand in for it one after the
 * other; but for {@code vad}.
 *
 * @param provider the one that everything comes from that is not named apart
 * @param stt the provider of speech to text, if another
 * @param llm the provider of the dialogue, if another
 * @param tts the provider of the voice, if another
 * @param vad the provider of voice activity detection; unless named, the provider's own, or any that there is, if one is
 *     needed
 */
public record ProviderChoice(
        String provider, Optional<String> stt, Optional<String> llm, Optional<String> tts, Optional<String> vad) {

    /** Everything from one provider. */
    public static ProviderChoice of(String provider) {
        return new ProviderChoice(provider, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether no part is named apart. */
    public boolean isWhole() {
        return stt.isEmpty() && llm.isEmpty() && tts.isEmpty() && vad.isEmpty();
    }

    /**
     * The names in a list of them.
     *
     * @param written as what the list was given
     * @throws ProviderException of kind CONFIGURATION if a name is missing in it, or is in it twice
     */
    List<String> names(String written, String list) {
        List<String> names = Stream.of(list.split(",", -1)).map(String::strip).toList();
        if (names.contains("") || names.stream().distinct().count() < names.size()) {
            throw new ProviderException(
                    ProviderException.Kind.CONFIGURATION,
                    written + "=" + list + ": write each name once, with commas between them");
        }
        return names;
    }

    /** As it would be written: {@code openai tts=local}. */
    @Override
    public String toString() {
        return Stream.of(
                        Optional.of(provider),
                        stt.map("stt="::concat),
                        llm.map("llm="::concat),
                        tts.map("tts="::concat),
                        vad.map("vad="::concat))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }
}
