/**
 * Text as models write it made fit to be spoken, without knowing by whom: {@link
 * io.patchcord.agent.pipeline.text.ClauseChunker} cuts it into clauses as it comes, {@link
 * io.patchcord.agent.pipeline.text.TextForSpeech} leaves out the markup and puts symbols, amounts and times into words.
 */
@NullMarked
package io.patchcord.agent.pipeline.text;

import org.jspecify.annotations.NullMarked;
