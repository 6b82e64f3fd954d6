@NullMarked
package io.patchcord.audiosocket;

import org.jspecify.annotations.NullMarked;
