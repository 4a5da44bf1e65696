package dev.postrider.redrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What travels along with a request that is redriven: header {@code postrider-history}, and the sidecar of a file. */
final class History {

    private History() {}

    /** One redrive more, no attempts yet, and only those who do not have it. */
    static ObjectNode redriven(Parked parked, List<String> recipients) {
        ObjectNode history = Json.object().put("redrives", parked.redrives() + 1);
        if (!recipients.isEmpty()) {
            ArrayNode left = history.putArray("recipients");
            recipients.forEach(left::add);
        }
        history.putArray("attempts");
        history.set("source", parked.source());
        return history;
    }
}
