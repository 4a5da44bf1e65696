package dev.postrider.intake;

import dev.postrider.kafka.Deployment;
import dev.postrider.submission.Excerpt;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Counts records of retry topics that another deployment has put there, and tells of them: a second after the first one, and
 * then once an hour at most. For the consumer's own thread.
 */
final class OthersRecords {

    private static final Logger LOG = Logger.getLogger(OthersRecords.class);
    private static final long SOON = Duration.ofSeconds(1).toNanos();
    private static final long LATER = Duration.ofHours(1).toNanos();

    private long count;
    private String first = "";
    private long due;
    private boolean told;

    void add(ConsumerRecord<?, ?> record) {
        if (count++ == 0) {
            due = System.nanoTime() + (told ? LATER : SOON);
            first = record.topic() + "-" + record.partition() + "@" + record.offset() + " of "
                    + Deployment.writer(record.headers())
                            .map(Excerpt::quoted)
                            .orElse("a deployment that did not sign it");
        }
    }

    void tell() {
        if (count > 0 && System.nanoTime() - due >= 0) {
            LOG.warnf(
                    "left alone %d deferred %s of other deployments, first %s: give each deployment its own"
                            + " postrider.kafka.retries-topics-prefix",
                    count, count == 1 ? "request" : "requests", first);
            count = 0;
            told = true;
        }
    }
}
