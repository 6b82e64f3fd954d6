@NullMarked
package io.patchcord.agent.asterisk;

import org.jspecify.annotations.NullMarked;
