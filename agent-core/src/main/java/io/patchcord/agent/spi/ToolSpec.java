package io.patchcord.agent.spi;

/**
 * A tool as the model sees it.
 *
 * @param name letters, digits and underscores
 * @param description when and how to use it, for the model
 * @param parametersSchema a JSON Schema of type object
 */
public record ToolSpec(String name, String description, String parametersSchema) {}
