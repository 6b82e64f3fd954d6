package io.patchcord.agent.spi;

import java.util.List;

/**
 * What is found by {@link java.util.ServiceLoader}: a name, the settings it reads, and (in the sub-interfaces) a way to
 * make the engine. Implementations have a public constructor without arguments, which does nothing costly.
 */
public interface Provider {

    /** The name the user writes, such as {@code local}; lower case, without blanks. */
    String name();

    /** Every setting that the provider reads, so that a mistyped one can be told from a known one. */
    default List<ConfigKey> configKeys() {
        return List.of();
    }
}
