package dev.postrider.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Map;

/** The key with which the application signs what the shop sends: RSA with 2048 bits, as most of them are. */
final class SigningKey {

    private static final int BITS = 2048;

    private SigningKey() {}

    static PrivateKey create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        return generator.generateKeyPair().getPrivate();
    }

    /** Writes one down; returns what the application has to be told. */
    static Map<String, String> settings(Path home) throws IOException {
        try {
            String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(create().getEncoded());
            Path file = Files.writeString(
                    home.resolve("dkim.pem"),
                    "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
            String domain = Letter.FROM.substring(Letter.FROM.indexOf('@') + 1);
            return Map.of("postrider.dkim.domains.\"" + domain + "\".keys.bench", file.toString());
        } catch (GeneralSecurityException e) {
            throw new IOException("no key", e);
        }
    }
}
