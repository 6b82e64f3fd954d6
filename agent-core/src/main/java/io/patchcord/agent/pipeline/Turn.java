package io.patchcord.agent.pipeline;

/**
 * What the caller said in one turn.
 *
 * @param text never blank
 * @param speechEndNanos when the last speech was received, by the loop's clock
 * @param transcriptNanos when the words were known
 */
record Turn(String text, long speechEndNanos, long transcriptNanos) {}
