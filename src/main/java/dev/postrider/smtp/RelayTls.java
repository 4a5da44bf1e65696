package dev.postrider.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * TLS with the relay: whom we trust to be it, that its certificate names it, and nothing below TLS 1.2. One context for all
 * sessions, so that TLS sessions are resumed. Thread-safe.
 */
final class RelayTls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6, as the JDK numbers it

    private final SSLSocketFactory sockets;
    private final NoClientCertificate certificates;

    private RelayTls(SSLSocketFactory sockets, NoClientCertificate certificates) {
        this.sockets = sockets;
        this.certificates = certificates;
    }

    /**
     * @param bundle PEM file of the only authorities to trust; empty: the platform's
     * @throws IllegalArgumentException naming the setting, when the file is no such thing
     */
    static RelayTls trusting(Optional<Path> bundle) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(bundle.isPresent() ? read(bundle.get()) : null);
            SSLContext context = SSLContext.getInstance("TLS");
            NoClientCertificate certificates = new NoClientCertificate();
            context.init(new KeyManager[] {certificates}, trust.getTrustManagers(), null);
            return new RelayTls(context.getSocketFactory(), certificates);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "postrider.smtp.trust-certificates: cannot read certificates from "
                            + bundle.map(Path::toString).orElse("the platform's trust store") + ": "
                            + why(e) + " (a PEM file with BEGIN CERTIFICATE blocks is expected)",
                    e);
        }
    }

    /**
     * The handshake. When this returns, the relay is the one that was meant.
     *
     * @param host a name in ASCII, or an address without brackets
     */
    SSLSocket begin(Socket connection, String host, int port) throws IOException {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host; // Certificates have no root.
        SSLSocket secure = (SSLSocket) sockets.createSocket(connection, name, port, true);
        secure.setEnabledProtocols(PROTOCOLS);
        // The JDK calls a name with an underscore illegal, whatever the certificate says.
        boolean checkedByJdk = name.indexOf('_') < 0;
        SSLParameters parameters = secure.getSSLParameters();
        // Not HTTPS: with LDAPS a wildcard stands for the leftmost label only (RFC 7817 §3).
        parameters.setEndpointIdentificationAlgorithm(checkedByJdk ? "LDAPS" : null);
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        if (!checkedByJdk) {
            requireName(name, secure.getSession());
        }
        return secure;
    }

    /** Whether in the handshake of this socket a client certificate was asked for. */
    boolean askedForCertificate(Socket secure) {
        return certificates.asked.contains(secure);
    }

    private static void requireName(String host, SSLSession session) throws SSLException {
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null
                    || names.stream()
                            .noneMatch(name -> name.get(0).equals(DNS_NAME)
                                    && host.equalsIgnoreCase(String.valueOf(name.get(1))))) {
                throw new CertificateException("No subject alternative DNS name matching " + host + " found.");
            }
        } catch (CertificateException e) {
            throw new SSLException(e.getMessage(), e);
        }
    }

    /** There is none; but it is good to know afterwards whether one was asked for. */
    private static final class NoClientCertificate extends X509ExtendedKeyManager {

        private final Set<Socket> asked = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            asked.add(socket);
            return null;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return null;
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
        if (text.startsWith("\u00FE\u00FF") || text.startsWith("\u00FF\u00FE")) {
            throw new IOException("it is in UTF-16; save it in UTF-8");
        }
        if (text.startsWith("\u00EF\u00BB\u00BF")) { // The byte order mark that some editors put before UTF-8.
            text = text.substring(3);
            content = text.getBytes(StandardCharsets.ISO_8859_1);
        }
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
