package dev.postrider.smtp;

import dev.postrider.submission.Envelope;
import jakarta.mail.MessagingException;
import java.io.IOException;

/**
 * The dialogue of one message. It is ours and not Angus', because who must tell a lost message from a doubtful one has to
 * know how far the dialogue had come, and what was said about each recipient:
 *
 * <pre>
 * C: MAIL FROM:&lt;orders@shop.example&gt;
 * S: 250 2.1.0 Ok
 * C: RCPT TO:&lt;ann@example.org&gt;
 * S: 250 2.1.5 Ok
 * C: RCPT TO:&lt;nobody@example.org&gt;
 * S: 550 5.1.1 User unknown
 * C: DATA
 * S: 354 End data with &lt;CR&gt;&lt;LF&gt;.&lt;CR&gt;&lt;LF&gt;
 * C: (content)
 * C: .
 * S: 250 2.0.0 Ok: queued as 9F3
 * </pre>
 */
final class Transaction {

    private static final int COMPLETED = 2; // RFC 5321 §4.2.1: the first digit tells.
    private static final int GO_ON = 3;

    private final long session;
    private final Dialogue dialogue;
    private final RelayTrouble trouble;
    private final Outgoing message;
    private final Envelope envelope;
    private final Decisions decisions;
    private Stage stage = Stage.MAIL;
    private boolean open;
    private boolean inStep = true;
    private boolean relayed;
    private boolean throttled;

    /** @param session number of the session, for the report */
    Transaction(long session, Dialogue dialogue, RelayTrouble trouble, Outgoing message) {
        this.session = session;
        this.dialogue = dialogue;
        this.trouble = trouble;
        this.message = message;
        this.envelope = message.envelope();
        this.decisions = new Decisions(envelope);
    }

    /** See {@link RelaySession#transact}. */
    TransactionReport run() throws SessionLost, RelayBroken, UnreadableContent {
        try {
            handOver();
        } catch (UnreadableContent e) {
            throw e;
        } catch (MessagingException | IOException e) {
            throw lost(Reply.none(reason(e)));
        }
        reset();
        return decisions.report(session);
    }

    /** Whether both sides agree that the next thing said is MAIL. */
    boolean inStep() {
        return inStep;
    }

    /** What it tells about how much the relay takes at once. */
    Verdict verdict() {
        if (relayed) {
            return Verdict.RELAYED;
        }
        return throttled ? Verdict.THROTTLED : Verdict.NOTHING;
    }

    private void handOver() throws MessagingException, IOException, SessionLost, RelayBroken {
        if (!ascii(envelope.reversePath())) {
            decisions.decideRest(stage, Reply.local(553, "5.6.7", "the reverse-path is not ASCII"));
            return;
        }
        Reply mail = say("MAIL FROM:<" + envelope.reversePath() + ">", COMPLETED);
        if (mail.code() == 421) {
            // It hangs up on an idle session or is shutting down; this message was not even looked at.
            throw lost(mail);
        }
        if (!mail.accepted()) {
            decisions.decideRest(stage, mail);
            return;
        }
        open = true;
        recipients();
        if (decisions.complete()) {
            return;
        }
        stage = Stage.DATA;
        Reply data = say("DATA", GO_ON);
        if (data.code() / 100 != GO_ON) {
            decisions.decideRest(stage, data);
            return;
        }
        content();
        Reply last = judged(dialogue.listen(), COMPLETED);
        open = false;
        relayed = last.accepted();
        decisions.decideRest(stage, last);
    }

    /** RCPT for each recipient. Those refused are decided then; those accepted are not yet. */
    private void recipients() throws MessagingException, RelayBroken {
        stage = Stage.RCPT;
        for (String recipient : envelope.recipients()) {
            if (!ascii(recipient)) {
                decisions.decide(recipient, stage, Reply.local(553, "5.6.7", "the address is not ASCII"));
                continue;
            }
            Reply rcpt = say("RCPT TO:<" + recipient + ">", COMPLETED);
            if (!inStep) {
                decisions.decideRest(stage, rcpt); // Those accepted before go the way of the one that met it.
                return;
            }
            if (!rcpt.accepted()) {
                decisions.decide(recipient, stage, rcpt);
            }
        }
    }

    private void content() throws IOException, MessagingException {
        stage = Stage.CONTENT;
        RelayOutput relay = new RelayOutput(dialogue.output());
        try {
            relay.content(message);
        } catch (UnreadableContent e) {
            // Without the dot the relay forgets what it got so far (RFC 5321 §3.8).
            dialogue.abort("the content could not be read");
            throw e;
        }
        stage = Stage.FINAL_DOT;
        relay.finalDot();
    }

    /** Ends a transaction that came to nothing, so that the session can have another. The reports stand anyway. */
    private void reset() {
        if (open && inStep) {
            try {
                inStep = judged(dialogue.say("RSET"), COMPLETED).accepted();
            } catch (MessagingException | RelayBroken e) {
                inStep = false;
            }
        }
    }

    private Reply say(String command, int expected) throws MessagingException, RelayBroken {
        return judged(dialogue.say(command), expected);
    }

    private Reply judged(Reply reply, int expected) throws RelayBroken {
        int kind = reply.code() / 100;
        // RFC 5321 §3.8: 421 announces the end. After 503, or a reply that answers another question, the two sides
        // disagree about where they are.
        if (reply.code() == 421 || reply.code() == 503 || (kind != expected && kind != 4 && kind != 5)) {
            inStep = false;
        }
        throttled |= Throttling.in(reply);
        if (stage != Stage.FINAL_DOT && reply.deniesAccess()) {
            throw trouble.accessDenied(reply);
        }
        return reply;
    }

    private SessionLost lost(Reply reply) {
        decisions.decideRest(stage, reply);
        return new SessionLost(stage, reply.code() == 0 ? reply.text() : reply.toString(), decisions.report(session));
    }

    private String reason(Exception failure) {
        return dialogue.abortedBecause().isEmpty() ? Causes.innermost(failure) : dialogue.abortedBecause();
    }

    private static boolean ascii(String address) {
        return address.chars().allMatch(c -> c < 128);
    }
}
