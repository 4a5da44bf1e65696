package dev.postrider.smtp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * What is known of the relay beyond one session. All of it ends by itself: a relay is mended, replaced, or one of several
 * behind a name. Thread-safe.
 */
final class Trust {

    private static final Logger LOG = Logger.getLogger(Trust.class);

    private static final long FORGOTTEN_AFTER = Duration.ofHours(1).toNanos();

    private static final long LIMIT_FORGOTTEN_AFTER = Duration.ofMinutes(10).toNanos();

    private final LongSupplier nanos;
    private volatile Limit limit = new Limit(Integer.MAX_VALUE, 0);
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicBoolean withoutDsn = new AtomicBoolean();
    private final AtomicLong withoutChunkingSince;

    Trust(LongSupplier nanos) {
        this.nanos = nanos;
        this.withoutChunkingSince = new AtomicLong(nanos.getAsLong() - FORGOTTEN_AFTER);
    }

    /** Whether a session that is opened now may find out how the relay handles chunks. */
    boolean mayTryChunking() {
        return nanos.getAsLong() - withoutChunkingSince.get() >= FORGOTTEN_AFTER;
    }

    /** A session found out that chunks are not safe with this relay: none that is opened within the next hour uses them. */
    void chunkingBroken(String how) {
        long since = withoutChunkingSince.get();
        long now = nanos.getAsLong();
        if (now - since >= FORGOTTEN_AFTER && withoutChunkingSince.compareAndSet(since, now)) {
            LOG.warnf(
                    "the relay offers CHUNKING and breaks it (%s): for an hour content goes by DATA;"
                            + " postrider.smtp.discard-ehlo-keywords=CHUNKING says so for good",
                    how);
        }
    }

    /** Whether a session that has served so many messages has been seen to serve another. */
    boolean keepsSessionsAfter(int messages) {
        return messages <= kept.get();
    }

    /** A session that had served so many served another. Up to twice as many are then no risk: most relays have no limit. */
    void keptSessionAfter(int messages) {
        if (messages > kept.get()) {
            kept.accumulateAndGet(2 * messages - 1, Math::max);
        }
    }

    /** The relay ended a session that had served so many and was used again at once. */
    void endedSessionAfter(int messages) {
        kept.accumulateAndGet(messages - 1, Math::min);
    }

    /** Of one message. A relay may take more some day, so it is asked for more after a while. */
    private record Limit(int recipients, long since) {}

    /** How many recipients the relay takes for one message, as far as is known. */
    int mostRecipients() {
        Limit known = limit;
        if (known.recipients() < Integer.MAX_VALUE && nanos.getAsLong() - known.since() > LIMIT_FORGOTTEN_AFTER) {
            return Integer.MAX_VALUE;
        }
        return known.recipients();
    }

    /** "Too many recipients", said when some had been accepted, is about their number and about none of them. */
    void learnFrom(TransactionReport report) {
        if (report.recipients().stream().noneMatch(RecipientReport::saysTooMany)) {
            return;
        }
        int accepted = (int) report.recipients().stream()
                .filter(recipient -> recipient.stage().compareTo(Stage.RCPT) > 0)
                .count();
        if (accepted > 0) {
            limit = new Limit(accepted, nanos.getAsLong());
        }
    }

    /** It was to be asked for reports, and does not offer that. Said once: the next message will not get more. */
    void lacksDsn() {
        if (withoutDsn.compareAndSet(false, true)) {
            LOG.warn("the relay does not offer DSN: mail goes out without what its requests ask for in 'dsn'");
        }
    }
}
