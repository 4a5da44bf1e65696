package dev.postrider.bench;

import java.util.concurrent.atomic.LongAdder;

/** What a relay has taken so far, all its sessions together. Thread-safe. */
final class RelayTally {

    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder faults = new LongAdder();

    /** Sums; {@code faults} are messages that cannot be right, and commands nobody should say. */
    record Count(long messages, long bytes, long faults) {

        Count minus(Count before) {
            return new Count(messages - before.messages, bytes - before.bytes, faults - before.faults);
        }
    }

    void message(long size) {
        messages.increment();
        bytes.add(size);
    }

    /** A message that cannot be right, or a command that nobody should say. */
    void fault() {
        faults.increment();
    }

    Count count() {
        return new Count(messages.sum(), bytes.sum(), faults.sum());
    }
}
