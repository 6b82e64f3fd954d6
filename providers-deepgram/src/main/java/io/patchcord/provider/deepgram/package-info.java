@NullMarked
package io.patchcord.provider.deepgram;

import org.jspecify.annotations.NullMarked;
