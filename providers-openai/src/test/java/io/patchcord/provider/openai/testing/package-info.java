/**
 * A fake of OpenAI's Realtime API, written from its specification and not from our client: for the tests of this module, and
 * in the test-jar for those of others. Uses no test library.
 */
package io.patchcord.provider.openai.testing;
