package dev.postrider.message;

import dev.postrider.submission.SendRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The Message-ID of a send request (RFC 5322 §3.6.4): the same for the same id, so that the receiving side can drop the
 * second copy when we could not know whether the first one arrived.
 */
final class MessageId {

    private static final int DIGEST_LENGTH = 20;

    private MessageId() {}

    /** @param uniqueId of the request, see {@link dev.postrider.submission.Arrival#uniqueId} */
    static String of(String uniqueId, SendRequest request) throws Uncomposable {
        return of(uniqueId, request.sender().orElse(request.from()).domain());
    }

    /** With angle brackets. The id is hashed: it may hold any character, an {@code id-left} may not. */
    static String of(String id, String domain) throws Uncomposable {
        byte[] digest = sha256().digest(id.getBytes(StandardCharsets.UTF_8));
        return "<" + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_LENGTH)) + "@"
                + AsciiDomain.of(domain).toLowerCase(Locale.ROOT) + ">";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
