@NullMarked
package io.patchcord.openai.compatible;

import org.jspecify.annotations.NullMarked;
