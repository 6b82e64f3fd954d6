/** Deepgram's Voice Agent: one WebSocket that hears, thinks and speaks. */
@NullMarked
package io.patchcord.provider.deepgram.agent;

import org.jspecify.annotations.NullMarked;
