@NullMarked
package io.patchcord.agent;

import org.jspecify.annotations.NullMarked;
