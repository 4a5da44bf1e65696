package dev.postrider.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The sockets of one session: Angus asks for them through its socket factories, we keep hold of what it gets. */
final class SessionSockets {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final RelaySocket connection;
    private final SSLSocketFactory tls;
    private volatile Socket current;

    SessionSockets(RelaySocket connection, SSLSocketFactory tls) {
        this.connection = connection;
        this.tls = tls;
        this.current = connection;
    }

    RelaySocket connection() {
        return connection;
    }

    /** Where the dialogue is written to now: the TLS socket once there is one. */
    OutputStream output() throws IOException {
        return current.getOutputStream();
    }

    /** Where the relay is heard now. */
    InputStream input() throws IOException {
        return current.getInputStream();
    }

    boolean secure() {
        return current != connection;
    }

    /** Connects and has TLS begin with the first byte (RFC 8314 §3.3); the certificate has to name the host. */
    Socket connectImplicitly(String host, int port, Duration timeout) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        connection.connect(address, Math.toIntExact(timeout.toMillis()));
        connection.readAhead();
        SSLSocket secure = (SSLSocket) tls.createSocket(connection, host, port, true);
        secure.setEnabledProtocols(PROTOCOLS);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("LDAPS"); // As Angus does after STARTTLS.
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        current = secure;
        return secure;
    }

    /** What Angus takes the connection from. */
    SocketFactory plain() {
        return new Plain();
    }

    /** What Angus has TLS begun by after STARTTLS. */
    SSLSocketFactory afterStartTls() {
        return new AfterStartTls();
    }

    /** Plaintext followed the reply to STARTTLS. */
    static final class ResponseInjected extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private final class Plain extends SocketFactory {

        @Override
        public Socket createSocket() {
            return connection;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    private final class AfterStartTls extends SSLSocketFactory {

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            // RFC 3207 §6: nothing sent before the handshake may be believed. A relay, or someone between, that sent
            // more than its reply to STARTTLS is trying to have it believed.
            if (connection.pending()) {
                throw new ResponseInjected();
            }
            connection.readAhead();
            current = tls.createSocket(connection, host, port, autoClose);
            return current;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
