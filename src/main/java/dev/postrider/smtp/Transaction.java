package dev.postrider.smtp;

import dev.postrider.submission.Dsn;
import dev.postrider.submission.Envelope;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The dialogue of one message. It is ours and not Angus', because who must tell a lost message from a doubtful one has to
 * know how far the dialogue had come, and what was said about each recipient; and because it is the shortest there is:
 *
 * <pre>
 * C: MAIL FROM:&lt;orders@shop.example&gt; SIZE=2048
 * C: RCPT TO:&lt;ann@example.org&gt;
 * C: RCPT TO:&lt;nobody@example.org&gt;
 * C: BDAT 2048 LAST
 * C: (content)
 * S: 250 2.1.0 Ok
 * S: 250 2.1.5 Ok
 * S: 550 5.1.1 User unknown
 * S: 250 2.0.0 Ok: queued as 9F3
 * </pre>
 *
 * <p>Where the relay does not offer PIPELINING each command waits for the reply to the one before; where it does not offer
 * CHUNKING the content waits for the reply to DATA. A message that is not small is not sent along: its content follows when
 * somebody is known to get it, while it is rendered.
 */
final class Transaction {

    private static final String[] NOT_SENT = {"Bcc"};
    private static final long UNKNOWN_SIZE = -1;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Channel channel;
    private final Exchange exchange;
    private final Rendering rendering;
    private final Wording wording;
    private final Envelope envelope;
    private final Commands commands;
    private final Ways ways;
    private final Course course;
    private Content content;
    private IOException failure;

    Transaction(Channel channel, Outgoing message, Envelope envelope, Manner manner) {
        this.channel = channel;
        this.exchange = channel.exchange();
        this.rendering = channel.rendering();
        this.envelope = envelope;
        this.wording = Wording.of(message, channel.offer());
        this.commands = new Commands(wording, channel.offer(), dsn(message));
        this.ways = Ways.of(channel.offer(), manner);
        this.course = new Course(envelope, ways);
    }

    /** See {@link RelaySession#transact}. */
    TransactionReport run() throws SessionLost, UnreadableContent {
        try {
            handOver();
        } catch (Content.Refused e) {
            // Why is decided already.
        } catch (IOException e) {
            broke(e);
        }
        reset();
        return course.decisions().report(channel.number());
    }

    /** The relay turned out to be gone before anything was said. */
    SessionLost neverBegun(String reason) {
        return lost(Stage.MAIL, Reply.none(reason)).excused();
    }

    Course course() {
        return course;
    }

    private void handOver() throws IOException, UnreadableContent {
        List<String> recipients = utterable();
        if (recipients.isEmpty()) {
            return;
        }
        rendering.begin((bytes, length) -> piece(recipients, bytes, length));
        render();
        if (content != null) {
            contentEnds();
        } else if (fits(rendering.total())) {
            handOverSmall(recipients);
        }
    }

    /** RFC 3461 §5.2.2: a relay that cannot be asked for reports gets the mail nevertheless, and the parameters are left out. */
    private Optional<Dsn> dsn(Outgoing message) {
        if (message.dsn().isPresent() && !channel.offer().dsn()) {
            channel.trust().lacksDsn();
            return Optional.empty();
        }
        return message.dsn();
    }

    /** Those who can be named in a command; the others are refused here. */
    private List<String> utterable() {
        Optional<Reply> refusal = wording.refusal();
        if (refusal.isPresent()) {
            refuse(Stage.MAIL, refusal.get());
            return List.of();
        }
        List<String> recipients = new ArrayList<>(envelope.recipients().size());
        for (String recipient : envelope.recipients()) {
            Optional<Reply> alone = wording.refusal(recipient);
            if (alone.isPresent()) {
                course.decisions().decide(recipient, Stage.RCPT, alone.get());
            } else {
                recipients.add(recipient);
            }
        }
        return recipients;
    }

    private void render() throws IOException, UnreadableContent {
        try {
            wording.form().writeTo(rendering, NOT_SENT);
        } catch (IOException | MessagingException e) {
            if (failure != null) {
                throw failure; // Of the relay's side, whatever was made of it on the way here.
            }
            abandon();
            throw new UnreadableContent(e);
        }
        rendering.end();
    }

    private void handOverSmall(List<String> recipients) throws IOException {
        if (!ways.inOneFlight()) {
            begin(recipients, rendering.total());
            contentEnds();
            return;
        }
        Group group = new Group(exchange, ways.window(), course);
        sayEnvelope(group, recipients, rendering.total());
        group.makeRoom(course::goesOn);
        if (course.goesOn()) {
            sendAlong(group);
        }
        group.readAll(course::listens);
        if (course.stage() != Stage.FINAL_DOT) {
            course.contentKept();
        }
    }

    private void sendAlong(Group group) throws IOException {
        try {
            group.say("BDAT " + rendering.length() + " LAST", Stage.FINAL_DOT, this::judgeContent);
            exchange.write(rendering.bytes(), 0, rendering.length());
            exchange.flush();
            course.contentOut();
        } catch (IOException e) {
            lastWords(group);
            course.at(Stage.CONTENT);
            throw e;
        }
    }

    /** The relay hangs up while we write: perhaps it has said why. */
    private void lastWords(Group group) throws Course.Goodbye {
        try {
            exchange.replyWithin(LAST_WORDS);
            group.readAll(course::listens);
        } catch (Course.Goodbye e) {
            throw e;
        } catch (IOException e) {
            course.lostStep(); // It has not.
        }
    }

    private void judgeContent(Reply reply) throws IOException {
        if (exchange.saidMore()) {
            requireGoodbye(reply);
        }
        course.content(reply);
    }

    /** More replies than there were commands: none can be relied on. But a relay may close behind its last word. */
    private void requireGoodbye(Reply reply) throws IOException {
        Reply more = exchange.listen(Stage.FINAL_DOT.asked());
        course.lostStep();
        if (more.code() != 421 && ways.ahead()) {
            throw new IOException("more replies than commands: behind " + reply + " came " + more);
        }
    }

    /** A piece of a message that is not small. */
    private void piece(List<String> recipients, byte[] bytes, int length) throws IOException {
        try {
            if (!fits(rendering.total())) {
                abandon();
                throw new Content.Refused();
            }
            if (content == null) {
                begin(recipients, UNKNOWN_SIZE);
            }
            course.at(Stage.CONTENT);
            content.piece(bytes, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Until the relay waits for the content. */
    private void begin(List<String> recipients, long octets) throws IOException {
        Group group = new Group(exchange, ways.window(), course);
        sayEnvelope(group, recipients, octets);
        if (!ways.chunks()) {
            if (!ways.ahead()) {
                group.readAll(course::listens);
            } else {
                group.makeRoom(course::goesOn);
            }
            if (ways.ahead() ? course.goesOn() : course.wanted()) {
                group.say("DATA", Stage.DATA, this::judgeData);
            }
        }
        group.readAll(course::listens);
        if (!course.wanted()) {
            throw new Content.Refused();
        }
        content = ways.chunks() ? new Content.InChunks(exchange, ways, course) : new Content.AfterData(exchange);
    }

    private void sayEnvelope(Group group, List<String> recipients, long octets) throws IOException {
        group.say(commands.mail(octets, eightBit()), Stage.MAIL, course::mail);
        for (String recipient : recipients) {
            group.makeRoom(course::goesOn);
            if (!course.goesOn()) {
                return;
            }
            group.say(commands.rcpt(recipient), Stage.RCPT, reply -> course.rcpt(recipient, reply));
        }
    }

    private void judgeData(Reply reply) throws IOException {
        if (course.data(reply) && !course.wanted()) {
            // RFC 2920 §3.1: all recipients were refused, and the relay waits for content nevertheless.
            course.nothing(exchange.say("."));
        }
    }

    private void contentEnds() throws IOException {
        course.at(Stage.CONTENT);
        content.last(rendering.bytes(), rendering.length());
        course.contentOut();
        judgeContent(exchange.listen(Stage.FINAL_DOT.asked()));
    }

    /** Refuses here what the relay would refuse after it has got it. */
    private boolean fits(long octets) {
        OptionalLong most = channel.offer().mostOctets();
        if (most.isPresent() && octets > most.getAsLong()) {
            refuse(
                    Stage.MAIL,
                    Reply.local(
                            552,
                            "5.3.4",
                            "not sent: larger than the " + most.getAsLong() + " octets the relay takes (SIZE)"));
            return false;
        }
        if (!channel.offer().eightBitMime() && eightBit()) {
            refuse(Stage.MAIL, Reply.local(554, "5.6.3", "not sent: 8-bit content, and the relay offers no 8BITMIME"));
            return false;
        }
        return true;
    }

    private boolean eightBit() {
        return wording.form().eightBit() || rendering.eightBit();
    }

    private void refuse(Stage stage, Reply reply) {
        course.decisions().decideRest(stage, reply);
    }

    /** No more content will follow. Chunks without a LAST can be forgotten with RSET; after DATA nothing else helps. */
    private void abandon() throws IOException {
        if (content instanceof Content.InChunks chunks) {
            chunks.abandon();
            reset();
        } else if (content != null) {
            channel.exchange().abort("the content could not be sent to its end");
            course.lostStep();
        }
    }

    /** Ends a transaction that came to nothing, so that the session can have another. The reports stand anyway. */
    private void reset() {
        if (course.open() && course.inStep()) {
            try {
                course.reset(exchange.ask("RSET"));
            } catch (IOException e) {
                course.lostStep();
            }
        }
    }

    /** The connection broke, or the two sides lost each other: what is decided stays so. */
    private void broke(IOException e) throws SessionLost {
        course.lostStep();
        if (e instanceof Course.Goodbye goodbye) {
            throw lost(Stage.MAIL, goodbye.reply());
        }
        String aborted = channel.exchange().abortedBecause();
        String reason = aborted.isEmpty() ? Causes.innermost(e) : aborted;
        if (!(aborted.isEmpty() && course.announced()) && !course.decisions().complete()) {
            throw lost(course.stage(), Reply.none(reason));
        }
    }

    private SessionLost lost(Stage stage, Reply reply) {
        course.decisions().decideRest(stage, reply);
        return new SessionLost(
                stage,
                reply.code() == 0 ? reply.text() : reply.toString(),
                course.decisions().report(channel.number()));
    }
}
