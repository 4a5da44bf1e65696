package dev.postrider.redrive;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who runs the command, for those who ask later. */
final class User {

    private User() {}

    static String atThisHost() {
        return System.getProperty("user.name", "?") + "@" + host();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
