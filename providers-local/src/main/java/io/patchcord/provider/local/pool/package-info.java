@NullMarked
package io.patchcord.provider.local.pool;

import org.jspecify.annotations.NullMarked;
