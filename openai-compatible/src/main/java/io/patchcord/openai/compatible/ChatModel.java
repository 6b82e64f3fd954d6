package io.patchcord.openai.compatible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which model is asked, and how.
 *
 * @param reasoningEffort how long it may think before it answers; empty for the model's own
 * @param maxTokens none if it is 0
 * @param maxTokensField what the server calls that limit
 * @param moreFields of the request's body, which only this server or model knows
 */
record ChatModel(
        String name,
        OptionalDouble temperature,
        Optional<String> reasoningEffort,
        int maxTokens,
        String maxTokensField,
        ObjectNode moreFields) {

    ChatModel withMaxTokens(int tokens) {
        return new ChatModel(name, temperature, reasoningEffort, tokens, maxTokensField, moreFields);
    }
}
