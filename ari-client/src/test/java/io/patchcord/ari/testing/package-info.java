/** A stand-in for Asterisk's REST Interface, for tests of this module and of those that use it. */
@NullMarked
package io.patchcord.ari.testing;

import org.jspecify.annotations.NullMarked;
