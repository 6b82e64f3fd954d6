@NullMarked
package io.patchcord.app.acceptance;

import org.jspecify.annotations.NullMarked;
