/** Where settings come from, how they are checked, and what is said when they are wrong. */
@NullMarked
package io.patchcord.app.config;

import org.jspecify.annotations.NullMarked;
