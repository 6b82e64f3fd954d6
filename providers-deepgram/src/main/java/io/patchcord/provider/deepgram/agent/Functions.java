package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.provider.deepgram.Json;
import java.util.List;

/** The tools of a call as the {@code functions} of Settings. None has an address of its own, so it is we who run them. */
final class Functions {

    private Functions() {}

    /**
     * @param eager whether answers begin before the turn is surely over: functions then wait for that, since what they do
     *     cannot be taken back
     */
    static ArrayNode of(List<ToolSpec> tools, boolean eager) {
        ArrayNode functions = Json.object().arrayNode();
        for (ToolSpec tool : tools) {
            ObjectNode function = functions.addObject().put("name", tool.name()).put("description", tool.description());
            try {
                function.set("parameters", Json.read(tool.parametersSchema()));
            } catch (JsonProcessingException e) {
                throw Values.bad("the schema of the tool " + tool.name() + " is no JSON: " + e.getOriginalMessage());
            }
            if (eager) {
                function.put("defer_until_eot", true);
            }
        }
        return functions;
    }
}
