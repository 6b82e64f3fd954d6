/** The built-in caller: plays Asterisk and its caller towards any AudioSocket agent, and measures what it hears. */
@NullMarked
package io.patchcord.app.caller;

import org.jspecify.annotations.NullMarked;
