/** The real Asterisk of {@code examples/asterisk-lab}, for tests of this module and of those that use it. */
@NullMarked
package io.patchcord.ari.lab;

import org.jspecify.annotations.NullMarked;
