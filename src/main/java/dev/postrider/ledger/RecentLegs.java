package dev.postrider.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The legs settled within the window, the latest so many, in memory. Not thread-safe. */
final class RecentLegs {

    private static final Logger LOG = Logger.getLogger(RecentLegs.class);

    /**
     * In the order of arrival, which is that of time but for what several instances note at once. So an entry may stay a
     * little longer than it counts; whoever asks is told by its own time.
     */
    private final Map<LegKey, Note> notes = new LinkedHashMap<>();

    private final Duration window;
    private final int maxIds;
    private final Clock clock;
    private boolean complained;

    RecentLegs(Duration window, int maxIds, Clock clock) {
        this.window = window;
        this.maxIds = maxIds;
        this.clock = clock;
    }

    Optional<Note> find(LegKey leg) {
        return Optional.ofNullable(notes.get(leg)).filter(this::counts);
    }

    void add(Entry entry) {
        Note known = notes.get(entry.leg());
        boolean news = known == null || known.at().isBefore(entry.note().at());
        if (!news || !counts(entry.note())) {
            return; // What we noted ourselves comes back from the topic.
        }
        notes.remove(entry.leg()); // So that it goes to the end.
        notes.put(entry.leg(), entry.note());
        forget();
    }

    int size() {
        return notes.size();
    }

    private void forget() {
        Iterator<Note> eldest = notes.values().iterator();
        while (eldest.hasNext()) {
            boolean counts = counts(eldest.next());
            if (counts && notes.size() <= maxIds) {
                return;
            }
            if (counts && !complained) {
                complained = true;
                LOG.warnf(
                        "more than %d requests within %s: the oldest are forgotten and would be relayed again;"
                                + " raise postrider.ledger.max-ids, at 105 bytes each",
                        maxIds, window);
            }
            eldest.remove();
        }
    }

    private boolean counts(Note note) {
        Instant now = clock.instant();
        return note.at().plus(window).isAfter(now);
    }
}
