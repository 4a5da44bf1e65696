package dev.postrider.smtp;

import dev.postrider.submission.Envelope;
import java.io.IOException;
import java.util.Optional;

/**
 * The course of a transaction: how far it has come, and what the replies so far mean for each recipient. Each reply is
 * judged by what was said, since with PIPELINING much of what is said turns out to be in vain: after MAIL was refused the
 * RCPTs meet 503 (RFC 5321 §4.1.4), and that tells nothing.
 */
final class Course {

    private static final int COMPLETED = 2; // RFC 5321 §4.2.1: the first digit tells.
    private static final int GO_ON = 3;

    private final Ways ways;
    private final Decisions decisions;
    private Stage stage = Stage.MAIL;
    private boolean answered;
    private boolean contentOut;
    private boolean open;
    private boolean refused;
    private boolean inStep = true;
    private boolean relayed;
    private boolean throttled;
    private int accepted;
    private boolean refusedSome;
    private Optional<Reply> goodbye = Optional.empty();

    Course(Envelope envelope, Ways ways) {
        this.ways = ways;
        this.decisions = new Decisions(envelope);
    }

    /** The relay said goodbye before it had looked at the message (RFC 5321 §3.8). */
    static final class Goodbye extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient Reply reply;

        private Goodbye(Reply reply) {
            super(reply.toString());
            this.reply = reply;
        }

        Reply reply() {
            return reply;
        }
    }

    Decisions decisions() {
        return decisions;
    }

    /** Where it is; once all content is out the relay may have the message, whatever is still to be heard. */
    Stage stage() {
        return contentOut ? Stage.FINAL_DOT : stage;
    }

    /** The content is on its way, or a reply to something of this stage is waited for. */
    void at(Stage next) {
        stage = next;
    }

    /** The last octet of the content was handed to the system. */
    void contentOut() {
        contentOut = true;
    }

    /** Whether a reply has been heard. */
    boolean answered() {
        return answered;
    }

    /** Whether there is a point in saying more. */
    boolean goesOn() {
        return !refused && inStep;
    }

    /** Whether there is a point in hearing more. Once content was sent along, all of it matters. */
    boolean listens() {
        return ways.inOneFlight() || inStep;
    }

    /** Whether the content is waited for by somebody. */
    boolean wanted() {
        return open && accepted > 0 && inStep;
    }

    /** Whether both sides agree that the next thing said is a command. */
    boolean inStep() {
        return inStep;
    }

    void lostStep() {
        inStep = false;
    }

    /** Whether the relay has a transaction under way. */
    boolean open() {
        return open;
    }

    /** What it tells about how much the relay takes at once. */
    Verdict verdict() {
        if (relayed) {
            return Verdict.RELAYED;
        }
        return throttled ? Verdict.THROTTLED : Verdict.NOTHING;
    }

    void mail(Reply reply) throws IOException {
        answered = true;
        judge(reply, COMPLETED);
        if (reply.code() == 421) {
            throw new Goodbye(reply); // It hangs up on an idle session or is shutting down.
        }
        requireSense(reply, COMPLETED);
        open = reply.accepted();
        refused = !open;
        if (refused) {
            decisions.decideRest(Stage.MAIL, reply);
        }
    }

    void rcpt(String recipient, Reply reply) throws IOException {
        if (!open) {
            inVain(reply);
            return;
        }
        judge(reply, COMPLETED);
        requireSense(reply, COMPLETED);
        refusedSome |= reply.code() / 100 == 5;
        if (reply.accepted()) {
            accepted++;
        } else if (!ways.inOneFlight()) {
            if (inStep) {
                decisions.decide(recipient, Stage.RCPT, reply);
            } else {
                decisions.decideRest(Stage.RCPT, reply); // Those accepted before go the way of the one that met it.
            }
        } else {
            refusedInFlight(recipient, reply);
        }
    }

    /** The content is with the relay already, and the others may get it: this is about one recipient only, so far. */
    private void refusedInFlight(String recipient, Reply reply) {
        if (reply.code() == 421) {
            goodbye = Optional.of(reply);
        }
        decisions.decide(recipient, Stage.RCPT, reply);
    }

    /** True when content, or the lone dot that says there is none, has to follow. */
    boolean data(Reply reply) throws IOException {
        if (!open || accepted == 0) {
            if (reply.code() / 100 != GO_ON) {
                inVain(reply);
            }
            return reply.code() / 100 == GO_ON;
        }
        judge(reply, GO_ON);
        if (reply.code() / 100 == GO_ON) {
            return true;
        }
        decisions.decideRest(Stage.DATA, reply);
        accepted = 0;
        return false;
    }

    /** To a chunk that is not the last. */
    void chunk(Reply reply) throws IOException {
        judge(reply, COMPLETED);
        if (!reply.accepted()) {
            decisions.decideRest(Stage.CONTENT, reply);
            accepted = 0;
        }
    }

    /** To the final dot, or to the last chunk. */
    void content(Reply reply) throws IOException {
        if (!open || accepted == 0) {
            inVain(reply);
        } else {
            stage = Stage.FINAL_DOT;
            judge(reply, COMPLETED);
            requireSense(reply, COMPLETED);
            relayed = reply.accepted();
            decisions.decideRest(Stage.FINAL_DOT, reply);
            open = ways.chunks()
                    && !relayed; // RFC 3030 §2: after a refused chunk, RSET. RFC 5321 §4.1.1.4: after the dot, none.
        }
    }

    /** The content was not sent along after all. */
    void contentKept() {
        announced();
    }

    /** The lone dot was answered. */
    void nothing(Reply reply) {
        inVain(reply);
        open = false;
    }

    /** RSET was answered. */
    void reset(Reply reply) {
        open = false;
        inStep &= reply.accepted();
    }

    /** The connection has ended: true when the relay had announced it, and with that what becomes of the others. */
    boolean announced() {
        goodbye.ifPresent(reply -> decisions.decideRest(Stage.RCPT, reply));
        return goodbye.isPresent();
    }

    /** What answers something said in vain does not matter, as long as it is a refusal. */
    private void inVain(Reply reply) {
        inStep &= reply.code() != 421 && (reply.code() / 100 == 4 || reply.code() / 100 == 5);
    }

    private void judge(Reply reply, int expected) {
        int kind = reply.code() / 100;
        // RFC 5321 §3.8: 421 announces the end. After 503, or a reply that answers another question, the two sides
        // disagree about where they are.
        if (reply.code() == 421 || reply.code() == 503 || (kind != expected && kind != 4 && kind != 5)) {
            inStep = false;
        }
        // After refusals 421 may be the end of the relay's patience with errors, which fewer sessions would not help.
        throttled |= Throttling.in(reply) && !(reply.code() == 421 && refusedSome);
    }

    /** A reply that answers something else, while the content is out: then none of them can be relied on. */
    private void requireSense(Reply reply, int expected) throws IOException {
        int kind = reply.code() / 100;
        if (contentOut && ways.ahead() && kind != expected && kind != 4 && kind != 5) {
            throw new IOException("the relay lost step: " + reply);
        }
    }
}
