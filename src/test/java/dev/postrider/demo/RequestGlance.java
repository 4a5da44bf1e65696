package dev.postrider.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person sees of a send request at a glance, valid or not: {@code order-17 for ada@example.org}. */
final class RequestGlance {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 60;

    private RequestGlance() {}

    static String of(byte[] content) {
        String text = content == null ? "" : new String(content, StandardCharsets.UTF_8);
        return json(text).filter(JsonNode::isObject).map(RequestGlance::of).orElseGet(() -> excerpt(text));
    }

    /** For those only who are left of its recipients. */
    static String of(byte[] content, List<String> left) {
        return json(new String(content, StandardCharsets.UTF_8))
                .map(request -> of(request, left))
                .orElseGet(() -> of(content));
    }

    private static String of(JsonNode request) {
        List<String> recipients = new ArrayList<>();
        for (String field : List.of("to", "cc", "bcc")) {
            request.path(field).forEach(mailbox -> recipients.add(address(mailbox)));
        }
        return of(request, recipients);
    }

    private static String of(JsonNode request, List<String> recipients) {
        return request.path("id").asText("(no id)") + " for "
                + (recipients.isEmpty() ? "nobody" : Few.inLine(recipients));
    }

    private static String address(JsonNode mailbox) {
        String text = mailbox.isObject() ? mailbox.path("address").asText() : mailbox.asText();
        return text.replaceFirst("^.*<(.*)>$", "$1");
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String excerpt(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+ *", " ");
        return line.isEmpty() ? "(empty)" : line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
