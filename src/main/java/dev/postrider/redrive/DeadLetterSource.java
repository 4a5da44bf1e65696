package dev.postrider.redrive;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** A place where dead letters are parked. For one thread. */
interface DeadLetterSource extends AutoCloseable {

    /** Whether a dead letter named like this would stand here. */
    boolean holds(Place place);

    /** Shows each that stands here now and was not redriven, in order. */
    void all(Consumer<Letter> visitor);

    /** The same for a few of them; those that are not there or were redriven are left out. */
    void some(Collection<Place> places, Consumer<Letter> visitor);

    /** Why one that was named was not shown. */
    String missing(Place place);

    /** Makes this run the only one that redrives from here; what is shown from now on stays ours to redrive. */
    Redriving begin(Redriving.Listener listener);

    /** What this source sends to, in words. */
    String target(Letter letter);

    /** Its request, if that is JSON at all; for what the dead letter itself does not say. */
    static Optional<RequestTree> request(Letter letter) {
        try {
            return letter.content().flatMap(RequestTree::read);
        } catch (Refused unreadable) {
            return Optional.empty();
        }
    }

    @Override
    void close();
}
