@NullMarked
package io.patchcord.provider.local.embedding;

import org.jspecify.annotations.NullMarked;
