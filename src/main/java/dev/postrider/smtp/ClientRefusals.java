package dev.postrider.smtp;

import dev.postrider.submission.AddressSyntax;
import dev.postrider.submission.Envelope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells a refusal of us ("relay access denied", "authentication required", a block list with our address) from the refusal of a
 * message. Both have the same codes, and texts can be echoed, so another message has to meet the same:
 *
 * <ul>
 *   <li>The relay took mail before: it is asked for up to three envelopes that it took, without a message. When it refuses all
 *       of them with the code of this refusal, it is about us.
 *   <li>It has taken none yet: another message, for somebody else, was refused with the same code within ten minutes. Or it
 *       wants a log-in or TLS (530, 534, 535, 538) for {@code MAIL FROM:<>} as well.
 *   <li>It hangs up behind its refusal, so that it cannot be asked: as if it had taken none yet.
 * </ul>
 *
 * <p>Then delivery pauses, and the message is tried again when it resumes, like every message that waits. As soon as the relay
 * takes one of them nothing of this is left. Thread-safe.
 */
final class ClientRefusals {

    private static final int SAMPLES = 3;
    private static final long A_SECOND = Duration.ofSeconds(1).toNanos();
    private static final long LATELY = Duration.ofMinutes(10).toNanos();

    private final LongSupplier nanos;
    private final Deque<Sample> taken = new ArrayDeque<>();
    private volatile long sampled;
    private volatile Optional<Met> before = Optional.empty();
    private volatile Optional<Met> aboutAMessage = Optional.empty();
    private volatile Optional<Met> aboutUs = Optional.empty();

    /** An envelope, with one of its recipients. */
    private record Sample(String reversePath, String recipient) {

        private static Sample of(Envelope envelope) {
            return new Sample(envelope.reversePath(), envelope.recipients().get(0));
        }

        private String domain() {
            return recipient.substring(recipient.lastIndexOf('@') + 1);
        }

        private boolean resembles(Sample other) {
            return reversePath.equals(other.reversePath) && domain().equals(other.domain());
        }
    }

    /** A refusal that a message met. */
    private record Met(Sample by, Reply word, long at) {}

    ClientRefusals(LongSupplier nanos) {
        this.nanos = nanos;
        this.sampled = nanos.getAsLong() - A_SECOND;
    }

    /** The refusal that every recipient of this message met, if it is about us; the session has been asked then. */
    Optional<Reply> ofUs(RelaySession session, Envelope envelope, TransactionReport report) {
        for (RecipientReport recipient : report.recipients()) {
            if (recipient.relayed()) {
                took(envelope.reversePath(), recipient.recipient());
                return Optional.empty();
            }
        }
        RecipientReport first = report.recipients().get(0);
        boolean suspicious = mayBeAboutUs(first)
                && report.recipients().stream()
                        .allMatch(each -> each.stage() == first.stage() && isSame(each.reply(), first.reply()));
        if (!suspicious || !isAboutUs(session, Sample.of(envelope), first.reply())) {
            return Optional.empty();
        }
        aboutUs = Optional.of(new Met(Sample.of(envelope), first.reply(), nanos.getAsLong()));
        return Optional.of(first.reply());
    }

    /** Whether the relay refused us lately as it refuses all of this message, so that it may not be about the message. */
    boolean justEnded(TransactionReport report) {
        Optional<Met> lately = aboutUs;
        return lately.isPresent()
                && nanos.getAsLong() - lately.get().at() < LATELY
                && report.recipients().stream()
                        .allMatch(each -> each.stage() != Stage.FINAL_DOT
                                && isSame(each.reply(), lately.get().word()));
    }

    /** By RFC 3463 §3.8 X.7.z is policy. Relays that give no such code say it to MAIL, or with 554. */
    private static boolean mayBeAboutUs(RecipientReport recipient) {
        Reply reply = recipient.reply();
        if (reply.code() / 100 != 5 || (recipient.stage() != Stage.MAIL && recipient.stage() != Stage.RCPT)) {
            return false;
        }
        boolean policy = reply.enhancedCode()
                .map(code -> code.startsWith("5.7."))
                .orElse(recipient.stage() == Stage.MAIL || reply.code() == 554);
        return policy || reply.deniesAccess() || reply.code() == 504 || reply.code() == 521;
    }

    private static boolean isSame(Reply one, Reply other) {
        return one.code() == other.code() && one.enhancedCode().equals(other.enhancedCode());
    }

    private boolean isAboutUs(RelaySession session, Sample met, Reply word) {
        List<Sample> samples = samples();
        long now = nanos.getAsLong();
        if (samples.isEmpty()) {
            return (word.deniesAccess()
                            && isMet(session, "", Optional.empty(), word).orElse(false))
                    || wasMetByAnother(met, word, now);
        }
        boolean known = aboutAMessage
                .filter(last -> now - last.at() < A_SECOND && isSame(last.word(), word))
                .isPresent();
        if (known) {
            return false; // Many messages that are refused do not have the relay asked as often.
        }
        for (Sample sample : samples) {
            Optional<Boolean> isMet = isMet(session, sample.reversePath(), Optional.of(sample.recipient()), word);
            if (isMet.isEmpty()) {
                return wasMetByAnother(met, word, now);
            }
            if (!isMet.get()) {
                aboutAMessage = Optional.of(new Met(met, word, now));
                return false;
            }
        }
        return true;
    }

    /** Empty when the relay cannot be asked any more. */
    private static Optional<Boolean> isMet(
            RelaySession session, String reversePath, Optional<String> recipient, Reply word) {
        try {
            return Optional.of(isSame(session.ask(reversePath, recipient), word));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean wasMetByAnother(Sample met, Reply word, long now) {
        Optional<Met> last = before.filter(m -> now - m.at() < LATELY && isSame(m.word(), word));
        if (last.isEmpty()) {
            before = Optional.of(new Met(met, word, now));
        }
        return last.filter(m -> !m.by().recipient().equals(met.recipient())).isPresent();
    }

    private List<Sample> samples() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /** Remembered about once a second: of every message's way. */
    private void took(String reversePath, String recipient) {
        if (before.isPresent()) {
            before = Optional.empty();
        }
        long now = nanos.getAsLong();
        if (now - sampled < A_SECOND) {
            return;
        }
        sampled = now;
        Sample sample = new Sample(reversePath, recipient);
        if (AddressSyntax.isAscii(reversePath) && AddressSyntax.isAscii(recipient)) {
            synchronized (taken) {
                taken.removeIf(sample::resembles);
                taken.addLast(sample);
                if (taken.size() > SAMPLES) {
                    taken.removeFirst();
                }
            }
        }
    }
}
