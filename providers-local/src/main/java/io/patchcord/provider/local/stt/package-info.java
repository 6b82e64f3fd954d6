@NullMarked
package io.patchcord.provider.local.stt;

import org.jspecify.annotations.NullMarked;
