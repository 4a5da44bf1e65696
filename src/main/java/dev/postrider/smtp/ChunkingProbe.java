package dev.postrider.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out whether a relay swallows a chunk that it refuses (RFC 3030 §2). One that does not takes the content of a refused
 * message for commands, and could be told in a message's body to send mail to somebody else. So it is asked before the first
 * message of a session, with a chunk that no transaction waits for:
 *
 * <pre>
 * C: BDAT 8 LAST
 * C: XCHUNK
 * C: RSET
 * S: 503 5.5.1 Error: need RCPT command
 * S: 250 2.0.0 Ok
 * </pre>
 *
 * <p>Where the second reply is a refusal it answers XCHUNK, which no relay knows.
 */
final class ChunkingProbe {

    private static final byte[] CHUNK = "XCHUNK\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final boolean ahead;

    /** @param ahead the relay offers PIPELINING: then it takes one flight */
    ChunkingProbe(Exchange exchange, boolean ahead) {
        this.exchange = exchange;
        this.ahead = ahead;
    }

    /**
     * What is wrong; empty when nothing is. The session can be used afterwards.
     *
     * @throws IOException when it cannot: the relay hung up, or is out of step
     */
    Optional<String> fault() throws IOException {
        exchange.command("BDAT " + CHUNK.length + " LAST");
        exchange.write(CHUNK, 0, CHUNK.length);
        if (ahead) {
            exchange.command("RSET");
        }
        Reply refusal = hear();
        Reply next = ahead ? hear() : exchange.say("RSET");
        if (!next.accepted()) {
            Reply last = hear();
            if (!last.accepted()) {
                throw new IOException("RSET was answered " + last);
            }
            return Optional.of("it took a refused chunk for a command: " + next);
        }
        // RFC 5321 §4.2.4: a relay that knows BDAT does not say that it does not.
        return refusal.code() == 500 || refusal.code() == 502
                ? Optional.of("it answers BDAT with " + refusal)
                : Optional.empty();
    }

    private Reply hear() throws IOException {
        Reply reply = exchange.listen("BDAT");
        if (reply.code() == 421) {
            throw new IOException("BDAT was answered " + reply);
        }
        return reply;
    }
}
