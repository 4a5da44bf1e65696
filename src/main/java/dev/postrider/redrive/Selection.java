package dev.postrider.redrive;

import java.util.List;
import java.util.Set;

/**
 * Which dead letters a command is about.
 *
 * @param from the sources to look at
 * @param which those named one by one; none for all that the filter lets pass
 * @param all that everything is meant, if neither name nor filter says less
 */
record Selection(Set<From> from, List<Place> which, Filter filter, Everything all) {

    /** A source, as it is called on the command line. */
    enum From {
        TOPIC,
        FOLDER
    }

    /** Whether everything was asked for in so many words. */
    enum Everything {
        ASKED_FOR,
        NOT_ASKED_FOR
    }

    Selection {
        from = Set.copyOf(from);
        which = List.copyOf(which);
    }

    /** Nobody redrives everything by leaving out a word. */
    boolean saysNothing() {
        return which.isEmpty() && filter.isNone() && all == Everything.NOT_ASKED_FOR;
    }
}
