package io.patchcord.agent.tool;

import io.patchcord.agent.spi.ToolSpec;
import java.util.List;
import java.util.Optional;

/** The tools of an agent, by name. Immutable, thread-safe. */
public final class Tools {

    private final List<Tool> tools;

    private Tools(List<Tool> tools) {
        this.tools = List.copyOf(tools);
    }

    /** Hang up, transfer, take a message. */
    public static Tools builtIn() {
        return of(List.of(new HangUpTool(), new TransferTool(), new TakeMessageTool()));
    }

    /**
     * Just these.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static Tools of(List<Tool> tools) {
        long names = tools.stream().map(tool -> tool.spec().name()).distinct().count();
        if (names < tools.size()) {
            throw new IllegalArgumentException("two tools have the same name: give each its own");
        }
        return new Tools(tools);
    }

    public List<ToolSpec> specs() {
        return tools.stream().map(Tool::spec).toList();
    }

    public Optional<Tool> named(String name) {
        return tools.stream().filter(tool -> tool.spec().name().equals(name)).findFirst();
    }
}
