package dev.postrider.smtp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Which of its extensions the relay can be trusted with: those that are not switched off and that it has not broken. What it
 * has broken once is not used again as long as we run. Thread-safe.
 */
final class Trust {

    private static final Logger LOG = Logger.getLogger(Trust.class);

    /** A relay that falls silent or hangs up may have many reasons; so often in a row it has one. */
    private static final int LOSSES = 3;

    private final AtomicInteger losses = new AtomicInteger();
    private final AtomicBoolean withoutDsn = new AtomicBoolean();
    private volatile boolean pipelining;
    private volatile boolean chunking;

    Trust(SmtpConfig config) {
        this.pipelining = config.pipelining();
        this.chunking = config.chunking();
    }

    boolean inPipelining() {
        return pipelining;
    }

    boolean inChunking() {
        return chunking;
    }

    /** Commands sent ahead of the replies were all answered. */
    void kept() {
        if (losses.get() > 0) {
            losses.set(0);
        }
    }

    /** The connection broke or fell silent among replies that were due. */
    void lost(String how) {
        if (losses.incrementAndGet() >= LOSSES) {
            pipeliningBroken(
                    LOSSES + " sessions in a row were lost among the replies to commands sent together, last: " + how);
        }
    }

    void pipeliningBroken(String how) {
        if (pipelining) {
            pipelining = false;
            LOG.warnf(
                    "the relay offers PIPELINING and breaks it (%s): from now on each command waits for the reply to the"
                            + " one before; postrider.smtp.pipelining=false says so from the start",
                    how);
        }
    }

    void chunkingBroken(String how) {
        if (chunking) {
            chunking = false;
            LOG.warnf(
                    "the relay offers CHUNKING and breaks it (%s): from now on content goes by DATA;"
                            + " postrider.smtp.chunking=false says so from the start",
                    how);
        }
    }

    /** It was to be asked for reports, and does not offer that. Said once: the next message will not get more. */
    void lacksDsn() {
        if (withoutDsn.compareAndSet(false, true)) {
            LOG.warn("the relay does not offer DSN: mail goes out without what its requests ask for in 'dsn'");
        }
    }
}
