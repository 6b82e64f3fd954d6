/** The voice agent as a program: command line, start and stop, health, logging. */
@NullMarked
package io.patchcord.app;

import org.jspecify.annotations.NullMarked;
