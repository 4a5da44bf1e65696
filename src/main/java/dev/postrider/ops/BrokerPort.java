package dev.postrider.ops;

import dev.postrider.submission.Excerpt;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whether a Kafka broker listens there. Kafka's own clients take the first four octets that any other server says for the
 * length of an answer: a greeting {@code 220 } is 842 MB, which they wait for, and for which they take the memory first.
 */
final class BrokerPort {

    private static final int PATIENCE_MS = 2000;
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final int CORRELATION = 0x706f7374;
    private static final int TLS_ALERT = 0x15;
    private static final int ENOUGH_TO_SHOW = 60;

    private BrokerPort() {}

    /** @return what else answers there; empty for a broker, and when nobody answers, which may change */
    static Optional<String> stranger(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(apiVersionsRequest());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            if (length >>> 24 == TLS_ALERT) {
                return Optional.of("speaks TLS: set kafka.security.protocol to SSL or SASL_SSL");
            }
            if (length < 0 || length > LARGEST_ANSWER) {
                return Optional.of("is no Kafka broker; it said " + Excerpt.quoted(text(length, in)));
            }
            return in.readInt() == CORRELATION ? Optional.empty() : Optional.of("is no Kafka broker");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Of version 0, which every broker answers, before any log-in. */
    private static byte[] apiVersionsRequest() {
        return ByteBuffer.allocate(14)
                .putInt(10)
                .putShort((short) 18)
                .putShort((short) 0)
                .putInt(CORRELATION)
                .putShort((short) -1) // No client id.
                .array();
    }

    private static String text(int beginning, InputStream in) throws IOException {
        byte[] said = new byte[ENOUGH_TO_SHOW];
        ByteBuffer.wrap(said).putInt(beginning);
        int length = Integer.BYTES + Math.max(0, in.read(said, Integer.BYTES, said.length - Integer.BYTES));
        return new String(said, 0, length, StandardCharsets.ISO_8859_1).strip();
    }
}
