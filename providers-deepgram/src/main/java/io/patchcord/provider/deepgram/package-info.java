/** Deepgram for the voice agent: so far its voices, as a part of a cascade. */
@NullMarked
package io.patchcord.provider.deepgram;

import org.jspecify.annotations.NullMarked;
