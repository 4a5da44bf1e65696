package dev.postrider.intake;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;

/**
 * What cannot be stored now, and why. While there is anything, nothing new is taken and nothing begins: what the relay
 * took could not be noted, and would go out again after a restart. Thread-safe.
 */
@Singleton
public class StoreHealth {

    // Not synchronized: a virtual thread that waits there would hold on to its carrier (before Java 24, JEP 491).
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Object, String> failing = new LinkedHashMap<>();
    private volatile boolean well = true;
    private final AtomicLong recoveries = new AtomicLong();
    private String unsettled;
    private long moreUnsettled;
    private boolean stopping;

    /**
     * Something cannot be stored. To be told again when the reason changes.
     *
     * @param what stands for it until it {@link #recovered}
     * @param why for people: what it is, and what is wrong
     */
    public void failing(Object what, String why) {
        lock.lock();
        try {
            failing.put(what, why);
            well = false;
        } finally {
            lock.unlock();
        }
    }

    /** It is stored, or is given up. */
    public void recovered(Object what) {
        lock.lock();
        try {
            if (failing.remove(what) != null) {
                recoveries.incrementAndGet();
                well = failing.isEmpty();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A mistake of ours left this one at its source, until the next start. The others go on.
     *
     * @param name of the record or file, for people
     */
    public void leftUnsettled(String name) {
        lock.lock();
        try {
            if (unsettled == null) {
                unsettled = name;
            } else {
                moreUnsettled++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything can be stored, as far as is known. Costs next to nothing. */
    public boolean isWell() {
        return well;
    }

    /** Changes whenever something is stored that could not be: then what else waits is worth another try at once. */
    public long recoveries() {
        return recoveries.get();
    }

    /** What has failed for longest, and how many more, or else what is left unsettled; empty when all is well. */
    public Optional<String> trouble() {
        lock.lock();
        try {
            String more = failing.size() > 1 ? " (and " + (failing.size() - 1) + " more)" : "";
            return failing.values().stream()
                    .findFirst()
                    .map(first -> first + more)
                    .or(this::left);
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> left() {
        String more = moreUnsettled > 0 ? " (and " + moreUnsettled + " more)" : "";
        return Optional.ofNullable(unsettled)
                .map(name -> name + more + " could not be settled, see the log; restart Postrider to try it again");
    }

    /**
     * Waits until everything can be stored.
     *
     * @return false when Postrider stops before that
     */
    public boolean awaitWell() throws InterruptedException {
        lock.lock();
        try {
            while (!well && !stopping) {
                changed.await();
            }
            return well;
        } finally {
            lock.unlock();
        }
    }

    void stopping(@Observes CamelContextStoppingEvent stopping) {
        lock.lock();
        try {
            this.stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
