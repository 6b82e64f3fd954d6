@NullMarked
package io.patchcord.provider.local;

import org.jspecify.annotations.NullMarked;
