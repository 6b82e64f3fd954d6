@NullMarked
package io.patchcord.provider.local.dialogue;

import org.jspecify.annotations.NullMarked;
