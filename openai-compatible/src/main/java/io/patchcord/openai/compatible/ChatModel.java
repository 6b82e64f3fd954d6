package io.patchcord.openai.compatible;

import java.util.OptionalDouble;

/**
 * Which model is asked, and how.
 *
 * @param maxTokens none if it is 0
 * @param maxTokensField what the server calls that limit
 */
record ChatModel(String name, OptionalDouble temperature, int maxTokens, String maxTokensField) {}
