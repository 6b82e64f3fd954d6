/**
 * Speech to text, dialogue and voice put together into one conversation: {@link
 * io.patchcord.agent.pipeline.CascadeEngine} composes them, {@link io.patchcord.agent.pipeline.Conversations} finds them by
 * name. The hearing side ends in turns ({@code Listening}), the answering side begins with them ({@code Dialogue}), and
 * the history between both holds what was heard.
 */
@NullMarked
package io.patchcord.agent.pipeline;

import org.jspecify.annotations.NullMarked;
