/**
 * What every engine has to hold to, as test classes to subclass: one method makes the engine, one or two more give it
 * something to hear. They come in agent-core's test-jar.
 */
package io.patchcord.agent.contract;
