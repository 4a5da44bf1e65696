package dev.postrider.chaos;

import static dev.postrider.chaos.Behaviour.BUSY;
import static dev.postrider.chaos.Behaviour.GONE;
import static dev.postrider.chaos.Behaviour.OK;
import static dev.postrider.chaos.Behaviour.ONCE;
import static dev.postrider.chaos.Behaviour.POISON;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes requests of all kinds: most are good, some are for several, a few are refused, put off, or not JSON at all. */
final class Mix {

    static final String DOMAIN = "chaos.example";

    private static final int PERCENT = 100;
    private static final int AGAIN = 3;

    /** Not side by side: two instances may each relay a request before they hear of the other. */
    private static final int APART = 40;

    private final String prefix;
    private final Random random;
    private final int poison;

    private Mix(String prefix, Random random, int poison) {
        this.prefix = prefix;
        this.random = random;
        this.poison = poison;
    }

    /** @param prefix of every id, so that those of one fault are known from those of another */
    static Mix usual(String prefix, Random random) {
        return new Mix(prefix, random, 2);
    }

    /** Every third is not a request at all. */
    static Mix poisoned(String prefix, Random random) {
        return new Mix(prefix, random, 33);
    }

    /** A few of them come again a while later, as they were. */
    List<Request> requests(int count) {
        List<Request> requests = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Request fresh = one(prefix + "-" + n, random.nextInt(PERCENT));
            requests.add(
                    n > APART && random.nextInt(PERCENT) < AGAIN
                            ? earlier(requests, n).orElse(fresh)
                            : fresh);
        }
        return requests;
    }

    /** Not one that has come twice already: its file has a name. */
    private Optional<Request> earlier(List<Request> requests, int n) {
        Request earlier = requests.get(random.nextInt(n - APART));
        boolean suits = earlier.relayable() && Collections.frequency(requests, earlier.again()) == 0;
        return suits && earlier.copy() == Request.Copy.FIRST ? Optional.of(earlier.again()) : Optional.empty();
    }

    private Request one(String id, int lot) {
        if (lot < poison) {
            String recipient = POISON.address(id);
            return Request.first(id, "{ \"to\": [\"" + recipient + "\"], ", List.of(recipient));
        }
        int among = (lot - poison) * PERCENT / (PERCENT - poison);
        if (among < 4) {
            return good(id, GONE);
        }
        if (among < 7) {
            return good(id, BUSY);
        }
        if (among < 12) {
            return good(id, ONCE);
        }
        return among < 18 ? good(id, OK, GONE, ONCE) : good(id, OK);
    }

    private static Request good(String id, Behaviour... behaviours) {
        List<String> recipients = Arrays.stream(behaviours)
                .map(behaviour -> behaviour.address(id))
                .toList();
        String to = recipients.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
        return Request.first(id, """
                {"id": "%s", "from": "Shop <orders@shop.example>", "to": %s,
                 "subject": "Order %s", "text": "Thank you."}""".formatted(id, to, id), recipients);
    }
}
