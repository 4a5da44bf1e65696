package dev.postrider.bench;

import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** The same with the two things whose lack costs it most: TCP_NODELAY, and no search for encoders in every body part. */
final class TunedAngusClient extends AngusClient {

    @Override
    Properties properties() {
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
        Properties mail = super.properties();
        mail.put("mail.smtp.socketFactory", new NoDelay());
        return mail;
    }

    private static final class NoDelay extends SocketFactory {

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
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
