package dev.postrider.intake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far one partition has come, for as long as it is ours: what was taken, what is settled, and up to where nothing is
 * missing. Only that prefix may be committed; a request settled beyond a gap waits for the gap. Thread-safe.
 */
final class PartitionProgress {

    /** Offsets taken and not yet part of the prefix, in the order of the partition (which may have holes). */
    private final Deque<Long> open = new ArrayDeque<>();

    private final Set<Long> settled = new HashSet<>();
    private long next = -1;
    private long committed = -1;

    synchronized void taken(long offset) {
        open.addLast(offset);
    }

    /** @return false when it was settled before */
    synchronized boolean settled(long offset) {
        if (!open.contains(offset) || !settled.add(offset)) {
            return false;
        }
        while (!open.isEmpty() && settled.remove(open.peekFirst())) {
            next = open.pollFirst() + 1;
        }
        return true;
    }

    /** The offset to commit, if it moved since the last commit. */
    synchronized OptionalLong toCommit() {
        return next > committed ? OptionalLong.of(next) : OptionalLong.empty();
    }

    synchronized void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    /** Taken and not settled, or settled beyond a gap. */
    synchronized int open() {
        return open.size();
    }

    /** Taken and not settled. */
    synchronized int unsettled() {
        return open.size() - settled.size();
    }
}
