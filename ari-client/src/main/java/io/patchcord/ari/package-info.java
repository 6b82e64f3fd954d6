/**
 * The part of the Asterisk REST Interface that a voice agent needs: channels, bridges, playbacks, recordings,
 * applications, and their events.
 *
 * <p>Start at {@link io.patchcord.ari.AriClient}. The client knows nothing of media and nothing of AI.
 */
@NullMarked
package io.patchcord.ari;

import org.jspecify.annotations.NullMarked;
