package dev.postrider.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads dead letters: whom they are about, and what the report says of each. */
final class Letters {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS = Pattern.compile("[a-z]+-[a-z0-9-]+@" + Pattern.quote(Mix.DOMAIN));

    private Letters() {}

    /**
     * By recipient, the disposition; or the reason, where nobody was tried.
     *
     * @param content of the request, as it was sent
     * @param failure the report, JSON
     */
    static Map<String, String> ends(String content, String failure) {
        JsonNode report = json(failure);
        String reason = report.path("reason").asText();
        List<JsonNode> tried = StreamSupport.stream(report.path("recipients").spliterator(), false)
                .toList();
        if (tried.isEmpty()) {
            return addresses(content).stream().collect(Collectors.toMap(recipient -> recipient, recipient -> reason));
        }
        return tried.stream()
                .collect(Collectors.toMap(
                        each -> each.path("recipient").asText(),
                        each -> each.path("disposition").asText()));
    }

    static List<String> addresses(String text) {
        return ADDRESS.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }
}
