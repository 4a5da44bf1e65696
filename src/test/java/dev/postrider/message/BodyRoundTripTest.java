package dev.postrider.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Chance;
import dev.postrider.fixture.Trials;
import dev.postrider.submission.Attachment;
import jakarta.activation.DataSource;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.Test;

/** Whatever is in a part, Mime4j and Jakarta Mail get the same out of it. */
class BodyRoundTripTest {

    private static final int TRIALS = 1_000;

    /** A line of base64 ends with octet 57, and its encoder keeps what is left of a piece for the next. */
    @Test
    void aFileOfAnyLengthReadInAnyPiecesIsTheSameFile() {
        Trials.run(TRIALS, chance -> {
            byte[] octets = chance.octets(chance.oneIn(10) ? 20_000 : 400);
            byte[] written = written(new AttachedEntity(file(octets), inPieces(octets, chance), "base64"));
            String encoded = body(written);

            assertThat(encoded.split("\r\n")).allMatch(line -> line.length() <= 76);
            assertThat(encoded.replace("\r\n", "")).doesNotContain("\r", "\n", " ");
            assertThat(new Base64InputStream(stream(encoded)).readAllBytes()).isEqualTo(octets);
            assertThat(Base64.getMimeDecoder().decode(encoded)).isEqualTo(octets);
        });
    }

    @Test
    void aTextIsTheSameText() {
        Trials.run(TRIALS, chance -> {
            String text = chance.text(12);
            byte[] message = Wire.of(new Draft().text(text)).octets();
            String encoded = body(message);
            MimeBodyPart part = new MimeBodyPart(new ByteArrayInputStream(message));

            assertThat(encoded.replace("\r\n", "").chars()).allMatch(c -> c < 0x80 && c != '\r' && c != '\n');
            assertThat(encoded.split("\r\n")).allMatch(line -> line.length() <= 998);
            assertThat(new String(part.getInputStream().readAllBytes(), UTF_8)).isEqualTo(lines(text));
            assertThat(decoded(part.getEncoding(), encoded)).isEqualTo(lines(text));
        });
    }

    private static String decoded(String encoding, String body) throws Exception {
        InputStream decoded = switch (encoding) {
            case "base64" -> new Base64InputStream(stream(body));
            case "quoted-printable" -> new QuotedPrintableInputStream(stream(body));
            default -> stream(body);
        };
        return new String(decoded.readAllBytes(), UTF_8);
    }

    /** Every line ends with CRLF, the last one too. */
    private static String lines(String text) {
        String lines = text.replaceAll("\r\n|\r|\n", "\r\n");
        return lines.endsWith("\r\n") ? lines : lines + "\r\n";
    }

    private static byte[] written(Entity entity) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        entity.into(part);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part.writeTo(out);
        return out.toByteArray();
    }

    private static String body(byte[] part) {
        String text = new String(part, UTF_8);
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(US_ASCII));
    }

    private static Attachment file(byte[] octets) {
        return new Attachment("a.bin", Optional.empty(), new Attachment.Bytes(octets), false, Optional.empty());
    }

    /** Gives out one piece at each reading, as a disk or a network may. */
    private static DataSource inPieces(byte[] octets, Chance chance) {
        return new ByteArrayDataSource(octets, "application/octet-stream") {
            @Override
            public InputStream getInputStream() {
                List<InputStream> pieces = chance.pieces(octets).stream()
                        .<InputStream>map(ByteArrayInputStream::new)
                        .toList();
                return new SequenceInputStream(Collections.enumeration(pieces));
            }
        };
    }
}
