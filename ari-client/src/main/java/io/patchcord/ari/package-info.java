@NullMarked
package io.patchcord.ari;

import org.jspecify.annotations.NullMarked;
