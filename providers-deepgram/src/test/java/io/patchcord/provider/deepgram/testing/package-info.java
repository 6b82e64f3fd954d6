/** A Voice Agent server of our own, for tests and measurements; it is in this module's test-jar. */
package io.patchcord.provider.deepgram.testing;
