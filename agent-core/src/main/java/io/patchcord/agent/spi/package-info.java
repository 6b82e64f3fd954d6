@NullMarked
package io.patchcord.agent.spi;

import org.jspecify.annotations.NullMarked;
