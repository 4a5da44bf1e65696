package dev.postrider.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The client for where it is not alone in its process, and the authority cannot be that of all. */
final class TrustingAngus extends AngusClient {

    private final SSLContext context;

    TrustingAngus(Path home) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(home.resolve(BenchAuthority.STORE))) {
            store.load(in, BenchAuthority.STORE_PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
    }

    @Override
    Properties properties() {
        Properties mail = super.properties();
        mail.put("mail.smtp.ssl.socketFactory", context.getSocketFactory());
        return mail;
    }
}
