package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

    /** Tells how much of it was read. */
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    private static final class Endless extends InputStream {

        private final byte[] line;
        private long read;

        Endless(String line) {
            this.line = line.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            return line[(int) (read++ % line.length)];
        }
    }

    @Test
    void repliesAreReadOneAfterTheOther() throws IOException {
        ReplyReader replies = reading("250 2.1.0 ok\r\n250-2.1.5 ok, but\r\n250 2.1.5 nearly full\r\n354\r\n");

        assertThat(replies.next()).hasToString("250 2.1.0 ok");
        assertThat(replies.next()).hasToString("250 2.1.5 ok, but nearly full");
        assertThat(replies.next()).hasToString("354");
        assertThat(replies.ahead()).isFalse();
        assertThatThrownBy(replies::next).isInstanceOf(EOFException.class);
    }

    @Test
    void oneOctetAtATimeIsTheSame() throws IOException {
        byte[] octets = "250-a\r\n250 b\n\r\r\n221 c\r\n".getBytes(StandardCharsets.UTF_8);
        ReplyReader replies = new ReplyReader(new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(1, length));
            }
        });

        assertThat(replies.next()).hasToString("250 a b");
        assertThat(replies.next()).hasToString("221 c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\n\n", "\u0085", "\u2028", "\u2029", "\u000b", "\u000c"})
    void onlyCrLfEndsALine(String odd) throws IOException {
        ReplyReader replies = reading("250 2.0.0 queued" + odd + "421 as" + odd + "\r\n221 bye\r\n");

        Reply reply = replies.next();

        assertThat(reply.code()).isEqualTo(250);
        assertThat(reply.enhancedCode()).contains("2.0.0");
        assertThat(reply.text()).doesNotContain(odd).contains("421 as");
        assertThat(replies.next()).hasToString("221 bye");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hello there", "", "25", "2\u0665\u0660 ok", "2500 ok", "HTTP/1.1 400 Bad Request", "650 x"})
    void whatIsNoReplyIsSaid(String line) {
        assertThatThrownBy(reading(line + "\r\n")::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not speak SMTP: " + line);
    }

    @Test
    void whatIsNoReplyIsShownEscaped() {
        assertThatThrownBy(reading("\u001b[31m\u202e\u2028\r\n")::next)
                .hasMessageEndingWith("\\u001b[31m\\u202e\\u2028");
    }

    @ParameterizedTest
    @ValueSource(strings = {"250-x\r\n", "250-PIPELINING and a good deal more of it in each line\r\n", "2", "250-\r\n"})
    void aReplyWithoutAnEndIsNotReadForEver(String line) {
        Endless endless = new Endless(line);

        assertThatThrownBy(new ReplyReader(endless)::next).isInstanceOf(IOException.class);
        assertThat(endless.read).isLessThan(32 * 1024);
    }

    private static ReplyReader reading(String octets) {
        return new ReplyReader(new ByteArrayInputStream(octets.getBytes(StandardCharsets.UTF_8)));
    }
}
