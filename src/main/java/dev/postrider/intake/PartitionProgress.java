package dev.postrider.intake;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far one partition has come, for as long as it is ours: what was taken, what is settled, and up to where nothing is
 * missing. Only that prefix may be committed; what is settled beyond a gap waits for the gap, and is noted in the commit's
 * metadata so that the next owner leaves it alone. Thread-safe.
 */
final class PartitionProgress {

    /** So far ahead of the first that is not settled. All of it has room in the commit's metadata, as one run. */
    static final int MOST_AHEAD = 100_000;

    /** Each makes a run of its own in the metadata, of 14 characters at most: {@link SettledAhead#MAX_LENGTH}. */
    static final int MOST_LEFT = 100;

    /** Offsets taken and not yet part of the prefix, in the order of the partition (which may have holes); and the sizes. */
    private final Map<Long, Integer> open = new LinkedHashMap<>();

    private final SortedSet<Long> settled = new TreeSet<>();
    private final Set<Long> left = new HashSet<>();
    /** Of those open: being relayed or parked. Whoever gives the partition up waits for them. */
    private final Set<Long> underWay = new HashSet<>();

    private final SortedSet<Long> settledBefore;
    private long next = -1;
    private long changes;
    private long changesCommitted;
    private boolean leaving;
    private boolean givenUp;

    /** A partition nobody has committed anything of. */
    PartitionProgress() {
        this.settledBefore = new TreeSet<>();
    }

    /** Goes on where the last owner stopped. */
    PartitionProgress(OffsetAndMetadata committed) {
        this.next = committed.offset();
        this.settledBefore = SettledAhead.read(committed.offset(), committed.metadata());
    }

    /**
     * Not while one before it is left unsettled and all that was settled since then would not fit into the commit: after a
     * restart it would be relayed again.
     */
    synchronized boolean mayTake(long offset) {
        return open.isEmpty() || (offset - next <= MOST_AHEAD && left.size() < MOST_LEFT);
    }

    /**
     * @param bytes how large it is
     * @return false when the last owner had settled it already: then it is none of ours
     */
    synchronized boolean taken(long offset, int bytes) {
        if (open.isEmpty()) {
            next = Math.max(
                    next, offset); // What lies between is no record; what is settled ahead counts from the first.
        }
        open.put(offset, bytes);
        if (settledBefore.remove(offset)) {
            settled(offset);
            return false;
        }
        return true;
    }

    /** How large one is that was taken and is not settled. */
    synchronized int bytes(long offset) {
        return open.getOrDefault(offset, 0);
    }

    /** @return false when it is not for us any more */
    synchronized boolean begin(long offset) {
        if (givenUp || (leaving && !underWay.contains(offset))) {
            return false;
        }
        underWay.add(offset);
        return true;
    }

    /** It waits to begin again. */
    synchronized void paused(long offset) {
        underWay.remove(offset);
    }

    /** It was not settled and will not be, by us. @return false when that is known */
    synchronized boolean left(long offset) {
        underWay.remove(offset);
        return open.containsKey(offset) && !settled.contains(offset) && left.add(offset);
    }

    /** @return false when it was settled before, or left */
    synchronized boolean settled(long offset) {
        underWay.remove(offset);
        if (!open.containsKey(offset) || left.contains(offset) || !settled.add(offset)) {
            return false;
        }
        changes++;
        while (!open.isEmpty()) {
            long first = open.keySet().iterator().next();
            if (!settled.remove(first)) {
                break;
            }
            open.remove(first);
            next = first + 1;
        }
        return true;
    }

    /**
     * The consumer has come so far, and nothing is open: what lies between is no record for us, such as the marker that ends
     * a transaction. Left uncommitted it would count as lag for ever.
     */
    synchronized void passed(long position) {
        if (open.isEmpty() && next >= 0 && next < position) {
            next = position;
            changes++;
        }
    }

    /** What to commit, if anything changed since the last commit. */
    synchronized Optional<Commit> toCommit() {
        if (changes == changesCommitted) {
            return Optional.empty();
        }
        return Optional.of(new Commit(new OffsetAndMetadata(next, SettledAhead.write(next, settledAhead())), changes));
    }

    synchronized void committed(Commit commit) {
        changesCommitted = Math.max(changesCommitted, commit.changes);
    }

    /** From now on nothing more begins. */
    synchronized void leave() {
        leaving = true;
    }

    /** From now on another instance settles what is not settled. */
    synchronized void giveUp() {
        givenUp = true;
    }

    /** Begun, and neither settled nor left. */
    synchronized int underWay() {
        return underWay.size();
    }

    /** How many were settled since the last commit. */
    synchronized long uncommitted() {
        return changes - changesCommitted;
    }

    /** Taken and not settled, or settled beyond a gap. */
    synchronized int open() {
        return open.size();
    }

    /** Taken and not settled. */
    synchronized int unsettled() {
        return open.size() - settled.size();
    }

    /** Ours and what the last owner had settled further on than we have come. */
    private SortedSet<Long> settledAhead() {
        if (settledBefore.isEmpty()) {
            return settled;
        }
        SortedSet<Long> ahead = new TreeSet<>(settled);
        ahead.addAll(settledBefore.tailSet(next));
        return ahead;
    }

    /**
     * A commit on its way.
     *
     * @param changes how many changes it covers
     */
    record Commit(OffsetAndMetadata offset, long changes) {}
}
