package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.agent.spi.VadProvider;
import java.util.List;
import java.util.Optional;

/**
 * The providers that a cascade is made of; of several for one part the first is the preferred one.
 *
 * @param namedVad if one was named
 * @param anyVad to take where one is needed and none was named
 */
record CascadeParts(
        List<SttProvider> stt,
        List<LlmProvider> llm,
        List<TtsProvider> tts,
        Optional<VadProvider> namedVad,
        Optional<VadProvider> anyVad) {

    /** None, unless one was named, for recognisers that find the end of a turn themselves. */
    Optional<VadProvider> vad(List<SttEngine> recognisers) {
        boolean needed = !recognisers.stream().allMatch(CascadeEngine::findsTurns);
        return namedVad.or(() -> needed ? anyVad : Optional.empty());
    }
}
