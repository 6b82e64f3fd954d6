@NullMarked
package io.patchcord.app.testing;

import org.jspecify.annotations.NullMarked;
