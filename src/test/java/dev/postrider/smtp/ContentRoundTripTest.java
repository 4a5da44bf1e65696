package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Chance;
import dev.postrider.fixture.Trials;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever octets a message has, and in whatever pieces they come: its lines arrive, and nothing else. */
class ContentRoundTripTest {

    private static final int TRIALS = 1_000;
    private static final String END = ".\r\n";

    @Test
    void renderingMakesEveryLineEndWithCrlfAndChangesNothingElse() {
        Trials.run(TRIALS, chance -> {
            byte[] octets = octets(chance);
            byte[] rendered = rendered(chance.pieces(octets));

            assertThat(text(rendered).equals(lines(text(octets)))).isTrue();
            assertThat(rendered(chance.pieces(rendered))).isEqualTo(rendered);
        });
    }

    @Test
    void whatIsStuffedAndUnstuffedIsTheSame() throws IOException {
        try (var relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var ours = new RelaySocket(Duration.ofSeconds(10))) {
            ours.connect(relay.getLocalSocketAddress());
            try (Socket theirs = relay.accept()) {
                InputStream arriving = new BufferedInputStream(theirs.getInputStream());
                Exchange exchange = new Exchange(ours, ours);
                Trials.run(TRIALS, chance -> {
                    String message = lines(text(octets(chance)));
                    send(chance.pieces(message.getBytes(ISO_8859_1)), new Content.AfterData(exchange));

                    assertThat(unstuffed(arriving).equals(message)).isTrue();
                });
            }
        }
    }

    private static void send(List<byte[]> pieces, Content content) throws IOException {
        for (byte[] piece : pieces) {
            content.piece(piece, piece.length);
        }
        content.last(new byte[0], 0);
    }

    /** As RFC 5321 §4.5.2 tells a relay to do it. */
    private static String unstuffed(InputStream in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = line(in); !line.equals(END); line = line(in)) {
            message.append(line.startsWith(".") ? line.substring(1) : line);
        }
        return message.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.append((char) octet);
            if (octet == '\n') {
                return line.toString();
            }
        }
        throw new IOException("the message has no end: " + line);
    }

    private static byte[] rendered(List<byte[]> pieces) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Rendering rendering = new Rendering();
        rendering.begin((bytes, length) -> out.write(bytes, 0, length));
        for (byte[] piece : pieces) {
            rendering.write(piece);
        }
        rendering.end();
        assertThat(rendering.total()).isEqualTo(out.size() + rendering.length());
        out.write(rendering.bytes(), 0, rendering.length());
        return out.toByteArray();
    }

    private static byte[] octets(Chance chance) {
        byte[] octets = chance.oneIn(3) ? chance.octets(3_000) : chance.text(20).getBytes(UTF_8);
        // Now and then more than is kept.
        return chance.oneIn(200)
                ? text(octets).repeat(1 + Rendering.SMALL / (1 + octets.length)).getBytes(ISO_8859_1)
                : octets;
    }

    private static String text(byte[] octets) {
        return new String(octets, ISO_8859_1);
    }

    private static String lines(String text) {
        String lines = text.replaceAll("\r\n|\r|\n", "\r\n");
        return lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n";
    }
}
