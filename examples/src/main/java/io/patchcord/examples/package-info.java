@NullMarked
package io.patchcord.examples;

import org.jspecify.annotations.NullMarked;
