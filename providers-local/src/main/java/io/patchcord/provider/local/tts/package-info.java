/** The local voice: flite's {@code rms}, as JVM classes made from its WebAssembly module, or the system's library. */
@NullMarked
package io.patchcord.provider.local.tts;

import org.jspecify.annotations.NullMarked;
