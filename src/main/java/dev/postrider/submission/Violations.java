package dev.postrider.submission;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one request, gathered so that its author learns of everything at once. Not thread-safe. */
final class Violations {

    /** Enough to mend a request by; one with 5,000 broken addresses must not make an error of megabytes. */
    private static final int MOST_SHOWN = 10;

    private final String within;
    private final List<String> shown = new ArrayList<>();
    private Identity identity = Identity.NONE;
    private int count;

    Violations() {
        this("");
    }

    private Violations(String within) {
        this.within = within;
    }

    /** Of what stands in a part of the whole: each says so. */
    static Violations in(String part) {
        return new Violations(part + ": ");
    }

    /** Whose they are. */
    void of(Identity refused) {
        identity = refused;
    }

    /** Of the request as a whole, before it has fields. */
    void add(String rule) {
        count++;
        if (shown.size() < MOST_SHOWN) {
            shown.add(within + rule);
        }
    }

    /**
     * @param path where, as {@link Field#path} has it
     * @param rule what is asked for there
     */
    void add(String path, String rule) {
        add(path + ": " + rule);
    }

    /** The same, showing what stands there: only for values that are no one's secret or private letter. */
    void add(Field field, String rule) {
        add(field.path(), rule + " (" + Excerpt.quoted(field.value().asText()) + ")");
    }

    boolean isEmpty() {
        return count == 0;
    }

    void throwIfAny(Origin origin) throws InvalidRequest {
        if (!isEmpty()) {
            throw new InvalidRequest(origin, toString(), identity);
        }
    }

    @Override
    public String toString() {
        String list = String.join("; ", shown);
        return count > shown.size() ? list + "; and " + (count - shown.size()) + " more" : list;
    }
}
