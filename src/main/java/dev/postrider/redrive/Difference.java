package dev.postrider.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an edit changed, one line for each field: {@code subject: "Ordr 17" -> "Order 17"}. */
final class Difference {

    private static final int LONGEST = 200;

    private Difference() {}

    static List<String> between(ObjectNode before, ObjectNode after) {
        Set<String> fields = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(fields::add);
        after.fieldNames().forEachRemaining(fields::add);
        List<String> lines = new ArrayList<>();
        for (String field : fields) {
            if (!before.path(field).equals(after.path(field))) {
                lines.add(field + ": " + shown(before.path(field)) + " -> " + shown(after.path(field)));
            }
        }
        return lines;
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "(none)";
        }
        String text = value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }
}
