package dev.postrider.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The instances that share one set of topics, one ledger and one configuration: {@code postrider.deployment}. What belongs to
 * one of them alone has its name in the topic's name, and in a header of each record.
 */
public record Deployment(String name) {

    /** Its topics have no prefix: {@code mail.retries.5m}. */
    public static final String DEFAULT = "postrider";

    /** Says which deployment has written a record. */
    public static final String HEADER = "postrider-deployment";

    /** What Kafka takes in the name of a topic, with room for the rest of it within 249 characters. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    public Deployment {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "postrider.deployment: 1 to 100 letters, digits, '.', '_' or '-', since it"
                            + " begins the names of topics; without it, it is postrider.kafka.group-id");
        }
    }

    /** What a topic of this deployment is called: {@code mail.ledger}, or {@code acme.mail.ledger}. */
    static String topic(String deployment, String topic) {
        return deployment.equals(DEFAULT) ? topic : deployment + "." + topic;
    }

    /** Says of a record that this deployment has written it. */
    public void sign(Headers headers) {
        headers.add(HEADER, name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether this deployment has written a record. From before there was the header, what stands on topics named as the
     * default deployment's is whoever's reads them.
     */
    public boolean owns(String topic, Headers headers) {
        Optional<String> writer = writer(headers);
        return writer.isPresent() ? writer.get().equals(name) : topic.startsWith("mail.");
    }

    /** The name of the deployment that has written a record, as far as the record says. */
    public static Optional<String> writer(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(HEADER))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
