@NullMarked
package io.patchcord.provider.local.vad;

import org.jspecify.annotations.NullMarked;
