package dev.postrider.bench;

import dev.postrider.fixture.Identity;
import dev.postrider.fixture.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;

/** Whom all peers trust, written as {@code ca.pem} and, for those in Java, as {@code trust.p12}. */
final class BenchAuthority {

    static final String PEM = "ca.pem";
    static final String STORE = "trust.p12";
    static final String STORE_PASSWORD = "changeit";

    private BenchAuthority() {}

    /** A new authority, and an identity of it for this machine. */
    static Identity create(Path folder) throws IOException {
        TestAuthority authority = TestAuthority.create();
        Identity identity = authority.issue("localhost", "127.0.0.1");
        authority.writePem(folder.resolve(PEM));
        int last = identity.chain().size() - 1;
        try (OutputStream out = Files.newOutputStream(folder.resolve(STORE))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate own = identity.chain().get(last);
            store.setCertificateEntry("authority", own);
            store.store(out, STORE_PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no trust store", e);
        }
        return identity;
    }
}
