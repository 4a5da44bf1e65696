package dev.postrider.intake;

import dev.postrider.intake.PollFailure.Kind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Which consumer groups cannot be read in, and why: one log line for each change. Thread-safe. */
@Singleton
public class ConsumerHealth {

    private static final Logger LOG = Logger.getLogger(ConsumerHealth.class);

    /** A refusal comes with each look at the group or the topics, and the polls in between say nothing. */
    private static final long REFUSAL_LASTS = Duration.ofSeconds(30).toNanos();

    private final Map<String, Failed> failed = new ConcurrentHashMap<>();

    private record Failed(PollFailure failure, long at) {}

    /** What is wrong; empty when all is well. */
    public Optional<String> trouble() {
        return failed.values().stream()
                .map(failure -> failure.failure().text())
                .sorted()
                .findFirst();
    }

    void failed(String group, PollFailure failure) {
        Failed before = failed.put(group, new Failed(failure, System.nanoTime()));
        if (before == null || !before.failure().equals(failure)) {
            LOG.error(failure.text());
        }
    }

    /** A poll went well. */
    void works(String group) {
        Failed before = failed.get(group);
        if (before == null
                || before.failure().kind() == Kind.FATAL
                || before.failure().kind() == Kind.FENCED
                || (before.failure().kind() == Kind.REFUSED && System.nanoTime() - before.at() < REFUSAL_LASTS)) {
            return;
        }
        failed.remove(group);
        LOG.infof("Kafka can be read again in group %s", group);
    }
}
