package dev.postrider.ops;

import dev.postrider.smtp.SmtpConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.ConfigProvider;

/** What runs here, in one line: version, relay, user, topics, folder. */
final class StartLine {

    private StartLine() {}

    static String of(PostriderConfig config) {
        SmtpConfig smtp = config.smtp();
        List<String> parts = new ArrayList<>();
        parts.add("postrider " + Version.text() + ": relay " + smtp.host() + ":" + smtp.port() + " (tls "
                + smtp.tls().toString().toLowerCase(Locale.ROOT)
                + smtp.username().map(user -> ", user " + user).orElse(", no log-in") + ")");
        if (Given.isSet("kafka.bootstrap.servers")) {
            parts.add("topics " + config.kafka().requestsTopics() + " (brokers "
                    + ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class) + ", group "
                    + config.kafka().groupId() + ")");
        }
        config.folder()
                .path()
                .ifPresent(
                        folder -> parts.add("folder " + folder.toAbsolutePath().normalize()));
        return String.join("; ", parts);
    }
}
