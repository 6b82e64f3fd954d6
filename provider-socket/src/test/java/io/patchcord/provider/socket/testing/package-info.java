/** A WebSocket server for the tests of providers, in the test-jar. */
package io.patchcord.provider.socket.testing;
