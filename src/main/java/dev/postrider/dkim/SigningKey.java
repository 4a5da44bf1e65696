package dev.postrider.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import org.jboss.logging.Logger;

/** A private key that signs mail. Thread-safe. Says nothing of the key itself. */
final class SigningKey {

    private static final Logger LOG = Logger.getLogger(SigningKey.class);

    private static final int LEAST_BITS = 1024; // RFC 8301 §3.2: verifiers must not count anything below as signed.
    private static final int GOOD_BITS = 2048;
    private static final int MOST_BITS = 4096; // The same: verifiers need not know more.

    private final Algorithm algorithm;
    private final PrivateKey key;

    private SigningKey(Algorithm algorithm, PrivateKey key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    /** @throws IllegalArgumentException naming setting and file, when there is no key in it that can be used */
    static SigningKey read(String setting, Path file) {
        try {
            SigningKey read = of(PemKey.read(Files.readString(file, StandardCharsets.ISO_8859_1)));
            read.sign(new byte[] {1}); // A key can be well-formed and yet none.
            warn(setting, read);
            return read;
        } catch (NoSuchFileException e) {
            throw unusable(setting, file, "no such file", e);
        } catch (AccessDeniedException e) {
            throw unusable(setting, file, "no permission", e);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw unusable(setting, file, e.getMessage(), e);
        }
    }

    static SigningKey of(PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < LEAST_BITS) {
                throw new IllegalArgumentException(
                        "an RSA key of " + bits + " bits; verifiers take 1024 at least, and" + " 2048 is right");
            }
            return new SigningKey(Algorithm.RSA_SHA256, key);
        }
        return new SigningKey(Algorithm.ED25519_SHA256, key);
    }

    Algorithm algorithm() {
        return algorithm;
    }

    byte[] sign(byte[] signed) {
        try {
            return algorithm.sign(signed, key);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException("the key does not sign", e); // Not the reason: it may tell of the key.
        }
    }

    @Override
    public String toString() {
        return key instanceof RSAPrivateKey rsa ? "RSA " + rsa.getModulus().bitLength() : "Ed25519";
    }

    private static void warn(String setting, SigningKey read) {
        if (read.key instanceof RSAPrivateKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < GOOD_BITS) {
                LOG.warnf("%s: an RSA key of %d bits can be broken; use 2048", setting, bits);
            } else if (bits > MOST_BITS) {
                LOG.warnf("%s: many verifiers take no RSA key of %d bits; use 2048", setting, bits);
            }
        }
    }

    private static IllegalArgumentException unusable(String setting, Path file, String why, Exception cause) {
        return new IllegalArgumentException(
                setting + ": cannot read a private key from " + file + ": " + why
                        + " (a PEM file with an RSA or Ed25519 key is expected)",
                cause);
    }
}
