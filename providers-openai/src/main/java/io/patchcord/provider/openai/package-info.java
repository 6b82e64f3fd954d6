@NullMarked
package io.patchcord.provider.openai;

import org.jspecify.annotations.NullMarked;
