@NullMarked
package io.patchcord.provider.local.onnx;

import org.jspecify.annotations.NullMarked;
