@NullMarked
package io.patchcord.agent.media;

import org.jspecify.annotations.NullMarked;
