/**
 * The voice side of a cascade: {@link io.patchcord.agent.pipeline.voice.CachingTtsEngine} remembers sentences, {@link
 * io.patchcord.agent.pipeline.voice.TtsFallback} has several voices stand in for each other to the word.
 */
@NullMarked
package io.patchcord.agent.pipeline.voice;

import org.jspecify.annotations.NullMarked;
