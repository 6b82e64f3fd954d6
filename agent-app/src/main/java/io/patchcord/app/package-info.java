@NullMarked
package io.patchcord.app;

import org.jspecify.annotations.NullMarked;
