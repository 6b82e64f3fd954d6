/** Deepgram as parts of a cascade: {@code Listen}, {@code Nova} and {@code Flux} are its ears, {@code Speak} its voice. */
@NullMarked
package io.patchcord.provider.deepgram;

import org.jspecify.annotations.NullMarked;
