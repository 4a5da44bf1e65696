package dev.postrider.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Whom we trust to be the relay. One context for all sessions, so that TLS sessions are resumed. */
final class RelayTls {

    private RelayTls() {}

    /**
     * @param bundle PEM file of the only authorities to trust; empty: the platform's
     * @throws IllegalArgumentException naming the setting, when the file is no such thing
     */
    static SSLSocketFactory trusting(Optional<Path> bundle) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(bundle.isPresent() ? read(bundle.get()) : null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "postrider.smtp.trust-certificates: cannot read certificates from "
                            + bundle.map(Path::toString).orElse("the platform's trust store") + ": "
                            + why(e) + " (a PEM file with BEGIN CERTIFICATE blocks is expected)",
                    e);
        }
    }

    private static String why(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        return failure instanceof AccessDeniedException ? "no permission" : Causes.innermost(failure);
    }

    private static KeyStore read(Path bundle) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        byte[] content = Files.readAllBytes(bundle);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.contains("-----BEGIN ") && !text.contains("CERTIFICATE-----")) {
            throw new IOException("it holds no certificate"); // A key, most likely.
        }
        try (InputStream in = new ByteArrayInputStream(content)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException("it holds no certificate");
            }
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("relay-" + store.size(), certificate);
            }
        }
        return store;
    }
}
