package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.spi.TtsEngine;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A voice that can make sentences ready before they are said. */
public interface PreparedVoice extends TtsEngine {

    /**
     * Renders sentences in the background, cut as a cascade cuts them, and keeps them for good.
     *
     * @return completes with the number of clauses that were rendered, and never with a failure
     */
    CompletableFuture<Integer> prepare(List<String> sentences, PromptSettings settings);
}
