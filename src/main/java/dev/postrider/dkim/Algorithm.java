package dev.postrider.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;

/** How a signature is made. Thread-safe. */
enum Algorithm {

    /** RFC 6376 §3.3.2: PKCS #1 v1.5, which hashes what it signs. */
    RSA_SHA256("rsa-sha256", "SHA256withRSA") {
        @Override
        byte[] input(byte[] signed) {
            return signed;
        }
    },

    /** RFC 8463 §3: PureEdDSA, and what it signs is the hash. */
    ED25519_SHA256("ed25519-sha256", "Ed25519") {
        @Override
        byte[] input(byte[] signed) {
            return sha256().digest(signed);
        }
    };

    private final String tag;
    private final String javaName;

    Algorithm(String tag, String javaName) {
        this.tag = tag;
        this.javaName = javaName;
    }

    /** The value of {@code a=}. */
    String tag() {
        return tag;
    }

    byte[] sign(byte[] signed, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(javaName);
        signature.initSign(key);
        signature.update(input(signed));
        return signature.sign();
    }

    abstract byte[] input(byte[] signed);

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
