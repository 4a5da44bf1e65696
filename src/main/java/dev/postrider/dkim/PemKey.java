package dev.postrider.dkim;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in the textual form (RFC 7468): PKCS #8, or PKCS #1 as older tools write RSA keys. */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    // The OIDs in the AlgorithmIdentifier, which is near the beginning.
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d010101");
    private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private PemKey() {}

    /** @throws IllegalArgumentException saying what is wrong, and nothing of the key */
    static PrivateKey read(String pem) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("it holds no private key" + instead(pem));
        }
        return switch (block.group(1)) {
            case "PRIVATE KEY" -> pkcs8(decoded(block.group(2)));
            case "RSA PRIVATE KEY" -> pkcs8(wrapped(decoded(block.group(2))));
            case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
            default -> throw new IllegalArgumentException("its key is for something else: " + block.group(1));
        };
    }

    private static String instead(String pem) {
        if (pem.contains("PUBLIC KEY-----")) {
            return " but a public one";
        }
        return pem.contains("CERTIFICATE-----") ? " but a certificate" : "";
    }

    private static byte[] decoded(String base64) {
        if (base64.contains("ENCRYPTED")) {
            throw encrypted(); // As older tools say it: Proc-Type: 4,ENCRYPTED.
        }
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its key is damaged");
        }
    }

    private static IllegalArgumentException encrypted() {
        return new IllegalArgumentException("its key is encrypted; give one without a passphrase");
    }

    private static PrivateKey pkcs8(byte[] der) {
        try {
            return KeyFactory.getInstance(algorithm(der)).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | RuntimeException e) {
            if (e instanceof IllegalArgumentException ours) {
                throw ours;
            }
            throw new IllegalArgumentException("its key is damaged");
        }
    }

    private static String algorithm(byte[] der) {
        String beginning = HexFormat.of().formatHex(der, 0, Math.min(der.length, 24));
        if (beginning.contains(HexFormat.of().formatHex(RSA))) {
            return "RSA";
        }
        if (beginning.contains(HexFormat.of().formatHex(ED25519))) {
            return "Ed25519";
        }
        throw new IllegalArgumentException("its key is neither RSA nor Ed25519");
    }

    /** PKCS #1 is what PKCS #8 holds for RSA (RFC 5208 §5): a version, the algorithm and the key as an octet string. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] version = {0x02, 0x01, 0x00};
        byte[] algorithm = element(SEQUENCE, RSA, new byte[] {0x05, 0x00});
        return element(SEQUENCE, version, algorithm, element(OCTET_STRING, pkcs1));
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        der.writeBytes(length(content.size()));
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
    }

    /** X.690 §10.1: as short as it can be. */
    private static byte[] length(int length) {
        byte[] octets = BigInteger.valueOf(length).toByteArray(); // With a zero in front where the first bit is set.
        int zero = octets.length > 1 && octets[0] == 0 ? 1 : 0;
        if (length < 0x80) {
            return octets;
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(0x80 | (octets.length - zero));
        der.write(octets, zero, octets.length - zero);
        return der.toByteArray();
    }
}
