@NullMarked
package io.patchcord.agent.turn;

import org.jspecify.annotations.NullMarked;
