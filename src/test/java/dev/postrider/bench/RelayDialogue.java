package dev.postrider.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One session as the relay sees it. Says yes to everything, and looks at as little as it can: what it costs is taken from
 * those who are measured.
 *
 * <pre>
 * C: MAIL FROM:&lt;shop@example.com> RCPT TO:&lt;ada@example.org> BDAT 2048 LAST and the content, in one write
 * S: 250 250 250, in one write, a round trip after the command arrived
 * </pre>
 */
final class RelayDialogue implements Runnable {

    private static final int LONGEST_LINE = 4096;
    private static final byte[] END = "\r\n.\r\n".getBytes(US_ASCII);

    private final Offer offer;
    private final RelayReplies replies;
    private final RelayTally tally;
    private final SSLSocketFactory tls;
    private final byte[] buffer = new byte[64 * 1024];
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final RelayContent content = new RelayContent(END);
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int from;
    private int to;
    private long arrived;
    private int loginLines;
    private boolean data;
    private long chunk;
    private boolean lastChunk;
    private boolean underWay;
    private boolean beginsTls;
    private boolean loggedIn;

    RelayDialogue(Socket socket, Offer offer, RelayReplies replies, RelayTally tally, SSLSocketFactory tls) {
        this.socket = socket;
        this.offer = offer;
        this.replies = replies;
        this.tally = tally;
        this.tls = tls;
    }

    @Override
    public void run() {
        try {
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
            out = socket.getOutputStream();
            arrived = System.nanoTime();
            say("220 relay.bench ESMTP");
            reply();
            while (read()) {
                answerAll();
                reply();
                if (beginsTls) {
                    beginTls();
                }
            }
        } catch (IOException e) {
            return; // The client has hung up, which is how most of them say goodbye.
        } finally {
            close();
        }
    }

    private boolean read() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == buffer.length) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int count = in.read(buffer, to, buffer.length - to);
        arrived = System.nanoTime();
        to += Math.max(count, 0);
        return count >= 0;
    }

    private void answerAll() throws IOException {
        boolean more = true;
        while (more && from < to) {
            more = data ? takeData() : chunk > 0 ? takeChunk() : takeCommand();
        }
    }

    private boolean takeData() {
        int count = content.upToEnd(buffer, from, to - from);
        content.add(buffer, from, count);
        from += count;
        if (content.ended()) {
            data = false;
            taken(content.size() - END.length + 2);
        }
        return true;
    }

    private boolean takeChunk() {
        int count = (int) Math.min(chunk, to - from);
        content.add(buffer, from, count);
        from += count;
        chunk -= count;
        if (chunk == 0) {
            chunkTaken();
        }
        return true;
    }

    private void chunkTaken() {
        if (!underWay) {
            content.clear();
            say("503 5.5.1 no transaction"); // Asked on purpose, whether it is swallowed.
        } else if (lastChunk) {
            taken(content.size());
        } else {
            say("250 2.0.0 go on");
        }
    }

    private void taken(long size) {
        if (content.plausible()) {
            tally.message(size);
        } else {
            tally.fault();
        }
        content.clear();
        underWay = false;
        say("250 2.0.0 taken");
    }

    private boolean takeCommand() throws IOException {
        int end = from;
        while (end < to && buffer[end] != '\n') {
            end++;
        }
        if (end == to) {
            if (to - from > LONGEST_LINE) {
                throw new IOException("a line without an end");
            }
            return false;
        }
        String line = new String(buffer, from, end - from, US_ASCII).strip();
        from = end + 1;
        if (loginLines > 0) {
            loginStep();
        } else {
            answer(line, line.split(" ", 2)[0].toUpperCase(Locale.ROOT));
        }
        return true;
    }

    private void answer(String line, String verb) {
        switch (verb) {
            case "EHLO", "HELO" -> ehlo();
            case "STARTTLS" -> {
                beginsTls = true;
                say("220 2.0.0 begin");
            }
            case "AUTH" -> login(line.split(" "));
            case "MAIL", "RCPT", "RSET", "NOOP" -> {
                underWay = !verb.equals("RSET") && (underWay || verb.equals("MAIL"));
                say("250 2.0.0 fine");
            }
            case "DATA" -> {
                data = true;
                content.clear();
                say("354 go on");
            }
            case "BDAT" -> bdat(line.toUpperCase(Locale.ROOT).split(" "));
            case "QUIT" -> say("221 2.0.0 goodbye");
            default -> {
                tally.fault();
                say("500 5.5.1 what?");
            }
        }
    }

    private void ehlo() {
        say("250-relay.bench");
        say("250-SIZE 104857600");
        say("250-8BITMIME");
        offer.keywords().forEach(keyword -> say("250-" + keyword));
        say(socket instanceof SSLSocket ? "250 AUTH PLAIN LOGIN" : "250 STARTTLS");
    }

    /** Whoever wants to is let in: PLAIN is one line more when it came without its first, LOGIN two. */
    private void login(String[] words) {
        boolean plain = words[1].equalsIgnoreCase("PLAIN");
        loginLines = (plain ? 1 : 2) - (words.length - 2);
        say(loginLines == 0 ? "235 2.7.0 welcome" : "334 VXNlcm5hbWU6");
        loggedIn |= loginLines == 0;
    }

    private void loginStep() {
        loginLines--;
        say(loginLines == 0 ? "235 2.7.0 welcome" : "334 UGFzc3dvcmQ6");
        loggedIn |= loginLines == 0;
    }

    private void bdat(String[] words) {
        chunk = Long.parseLong(words[1]);
        lastChunk = words.length > 2 && words[2].equals("LAST");
        if (chunk == 0) {
            chunkTaken();
        }
    }

    private void say(String line) {
        answer.writeBytes(line.getBytes(US_ASCII));
        answer.write('\r');
        answer.write('\n');
    }

    /** All replies to what came together go together. Only once it sends mail does a client say more before it is answered. */
    private void reply() throws IOException {
        if (answer.size() == 0) {
            return;
        }
        byte[] text = answer.toByteArray();
        answer.reset();
        if (loggedIn) {
            replies.send(arrived, out, text);
        } else {
            replies.sendAndWait(arrived, out, text);
        }
    }

    private void beginTls() throws IOException {
        beginsTls = false;
        SSLSocket secure = (SSLSocket) tls.createSocket(socket, null, false);
        secure.setUseClientMode(false);
        socket = secure;
        in = secure.getInputStream();
        out = secure.getOutputStream();
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException e) {
            tally.fault();
        }
    }
}
