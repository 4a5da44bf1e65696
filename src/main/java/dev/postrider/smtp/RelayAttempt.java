package dev.postrider.smtp;

import dev.postrider.smtp.SessionPool.Lease;
import dev.postrider.submission.Envelope;
import dev.postrider.submission.Expired;
import dev.postrider.submission.TakenOver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One attempt to relay a message, in as many transactions as the relay asks for. Recipients that it has not looked at, since
 * they were too many for one message (RFC 5321 §4.5.3.1.10) or since it ended the session, go on at once in a further
 * transaction:
 *
 * <pre>
 * C: MAIL, RCPT (30 of them), content       S: 250 to five of them, 452 4.5.3 Too many recipients to 25; 250 queued
 * C: MAIL, RCPT (the next five), content    S: 250 queued
 * </pre>
 *
 * <p>That ends, since each transaction after the first has to give a reply of its own to one recipient at least. It also ends
 * when delivery pauses, when Postrider stops, and after {@code transaction-deadline}: what was relayed is to be stored.
 *
 * <p>For one thread.
 */
final class RelayAttempt {

    private static final Logger LOG = Logger.getLogger(RelayAttempt.class);

    private final Outgoing message;
    private final SmtpConfig config;
    private final Line line;
    private final RateLimit rate;
    private final SessionPool pool;
    private final ClientRefusals refusals;
    private final Map<String, RecipientReport> words = new HashMap<>();
    private List<String> left;
    private boolean triedAgain;

    RelayAttempt(
            Outgoing message, SmtpConfig config, Line line, RateLimit rate, SessionPool pool, ClientRefusals refusals) {
        this.message = message;
        this.config = config;
        this.line = line;
        this.rate = rate;
        this.pool = pool;
        this.refusals = refusals;
        this.left = message.envelope().recipients();
    }

    /** See {@link PooledMailSender#send}. */
    TransactionReport run() throws InterruptedException, UnreadableContent {
        if (line.relayIsUnavailable()) {
            LOG.infof("%s waits until the relay can be used", message.id());
        }
        line.awaitOpen(); // Turns taken while the line is stopped would all be used at the moment it opens.
        rate.await(line);
        TransactionReport report = transact().orElseThrow();
        if (report.recipients().size() == left.size()
                && report.recipients().stream().noneMatch(RecipientReport::leftOver)) {
            return report;
        }
        long begun = System.nanoTime();
        Optional<TransactionReport> next = Optional.of(report);
        while (next.isPresent()) {
            report = next.get();
            boolean more = take(report)
                    && !left.isEmpty()
                    && System.nanoTime() - begun < config.transactionDeadline().toNanos();
            next = more ? further() : Optional.empty();
        }
        return merged(report);
    }

    /** Another transaction. Empty when it cannot be now: what was relayed until here must not be forgotten over that. */
    private Optional<TransactionReport> further() {
        try {
            rate.await(line);
            return transact();
        } catch (ShuttingDown | TakenOver | Expired | UnreadableContent e) {
            LOG.debugf("%s goes no further for now: %s", message.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** One transaction, with others in its place when the connection breaks. Empty only when there was one before. */
    private Optional<TransactionReport> transact() throws InterruptedException, UnreadableContent {
        for (int lost = 0; ; ) {
            Optional<Lease> lease = lease();
            if (lease.isEmpty()) {
                return Optional.empty();
            }
            RelaySession session = lease.get().session();
            try {
                if (!message.mayBegin()) {
                    continue; // Since it began to wait for a session, something cannot be stored.
                }
                if (!message.begin()) {
                    throw new TakenOver();
                }
                TransactionReport report =
                        session.transact(message, envelope(session), lost == 0 ? Manner.BOLD : Manner.ONE_BY_ONE);
                Optional<Reply> refusal =
                        isFirst() ? refusals.ofUs(session, message.envelope(), report) : Optional.empty();
                if (refusal.isPresent()) {
                    triedAgain = false;
                    message.pause(); // Nobody has it. It is tried again when the relay lets us in.
                    line.stopped(session.adviceOn(refusal.get()));
                } else if (!triedAgain && refusals.justEnded(report)) {
                    triedAgain = true; // It was refused, and others no more: the relay was mended in between, maybe.
                } else {
                    return Optional.of(report);
                }
            } catch (SessionLost e) {
                if (session.diedIdle() || e.isExcused()) {
                    // Not this message's bad luck. Bounded by the sessions kept: each was released in good order.
                    LOG.debugf("session %d had ended: %s", session.number(), e.getMessage());
                    continue;
                }
                tellLoss(session, e);
                // RFC 5321 §4.1.1.4: after the final dot the relay may have taken the message. Whether it goes out
                // again is then not a question of the connection, and not ours.
                boolean progress = e.report().recipients().stream().anyMatch(recipient -> !recipient.leftOver());
                if (e.stage() == Stage.FINAL_DOT || progress || ++lost > config.lostConnectionRetries()) {
                    return Optional.of(e.report());
                }
            } finally {
                pool.release(lease.get());
            }
        }
    }

    private void tellLoss(RelaySession session, SessionLost e) {
        if (session.verdict() == Verdict.THROTTLED) {
            LOG.debugf("session %d was ended: %s", session.number(), e.getMessage()); // The pool warns of that.
            return;
        }
        LOG.warnf(
                "lost session %d at %s with %s: %s%s",
                session.number(),
                e.stage(),
                message.id(),
                e.getMessage(),
                session.pipelines()
                        ? " (if that happens often without a cause in the relay's log, set"
                                + " postrider.smtp.discard-ehlo-keywords=PIPELINING)"
                        : "");
    }

    /** Waits for the line and then for a session, as long as it takes; but not between two transactions of a message. */
    private Optional<Lease> lease() throws InterruptedException {
        if (!isFirst()) {
            return message.mayBegin() ? pool.lease() : Optional.empty();
        }
        awaitTurn();
        Optional<Lease> lease = Optional.empty();
        while (lease.isEmpty()) {
            line.awaitOpen();
            lease = pool.lease();
        }
        return lease;
    }

    /** While what becomes of messages cannot be stored none goes out: it would go out again after a restart. */
    private void awaitTurn() throws InterruptedException {
        if (!message.mayBegin()) {
            message.pause();
            if (!message.awaitTurn()) {
                throw new ShuttingDown();
            }
        }
    }

    private boolean isFirst() {
        return words.isEmpty();
    }

    /** Of those who are left, as many as the relay takes. */
    private Envelope envelope(RelaySession session) {
        int most = session.mostRecipients();
        if (isFirst() && left.size() <= most) {
            return message.envelope();
        }
        return new Envelope(message.envelope().reversePath(), left.subList(0, Math.min(most, left.size())));
    }

    /** True when somebody got a word of their own, so that it makes sense to go on with the others. */
    private boolean take(TransactionReport report) {
        report.recipients().forEach(recipient -> words.put(recipient.recipient(), recipient));
        left = left.stream()
                .filter(recipient ->
                        !words.containsKey(recipient) || words.get(recipient).leftOver())
                .toList();
        return report.recipients().stream().anyMatch(RelayAttempt::goesOn);
    }

    /** What is said of the message puts off all of them, or would be said of each in turn. */
    private static boolean goesOn(RecipientReport recipient) {
        return !recipient.leftOver()
                && (recipient.relayed()
                        || recipient.stage() == Stage.RCPT
                        || (recipient.stage() == Stage.FINAL_DOT
                                && recipient.reply().code() / 100 == 5));
    }

    private TransactionReport merged(TransactionReport last) {
        RecipientReport latest = last.recipients().get(last.recipients().size() - 1);
        List<RecipientReport> all = new ArrayList<>();
        for (String recipient : message.envelope().recipients()) {
            RecipientReport word = words.get(recipient);
            if (word == null) {
                word = latest.stage() == Stage.MAIL
                        ? new RecipientReport(recipient, Stage.MAIL, latest.reply())
                        : new RecipientReport(
                                recipient,
                                Stage.RCPT,
                                Reply.none("not tried in this attempt, last: " + latest.reply()));
            }
            all.add(word);
        }
        return new TransactionReport(last.session(), all);
    }
}
