package io.patchcord.ari.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/**
 * A request as the fake received it.
 *
 * @param path after {@code /ari}, decoded, such as {@code /channels/1.1/answer}
 * @param segments the parts of the path, each decoded
 * @param target the path and query as they were on the wire
 * @param parameters from query and JSON body alike; lists joined with commas
 * @param body the raw body
 */
public record FakeRequest(
        String method, String path, List<String> segments, String target, Map<String, String> parameters, String body) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static FakeRequest of(RecordedRequest request) {
        HttpUrl url = request.getUrl();
        List<String> all = url.pathSegments();
        List<String> segments = List.copyOf(all.subList(all.indexOf("ari") + 1, all.size()));
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : url.queryParameterNames()) {
            parameters.put(name, String.valueOf(url.queryParameter(name)));
        }
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        addBody(parameters, body);
        return new FakeRequest(
                request.getMethod(),
                "/" + String.join("/", segments),
                segments,
                request.getTarget(),
                Map.copyOf(parameters),
                body);
    }

    private static void addBody(Map<String, String> parameters, String body) {
        if (body.isEmpty()) {
            return;
        }
        try {
            MAPPER.readTree(body).properties().forEach(field -> parameters.put(field.getKey(), text(field.getValue())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the client sent a body that is no JSON: " + body, e);
        }
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.isObject() ? value.toString() : value.asText();
        }
        List<String> elements = new ArrayList<>();
        StreamSupport.stream(value.spliterator(), false).map(FakeRequest::text).forEach(elements::add);
        return String.join(",", elements);
    }

    /** A parameter, or an empty text. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Method and path, such as {@code POST /channels/1.1/answer}. */
    public String line() {
        return method + " " + path;
    }
}
