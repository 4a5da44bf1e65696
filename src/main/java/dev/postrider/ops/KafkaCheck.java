package dev.postrider.ops;

import dev.postrider.intake.KafkaClients;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Stops the start when the {@code kafka.*} settings can never work: a value that is not accepted, a log-in or TLS that no
 * client can be made with, another server in the place of a broker. A broker that is not there yet is waited for.
 */
@Startup(2) // After the names of the settings, and before anything makes a client.
@Singleton
class KafkaCheck {

    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([^]]*)]?:([0-9]{1,5})");

    @Inject
    KafkaCheck(KafkaClients clients, PostriderConfig config) {
        if (Given.isSet("kafka.bootstrap.servers")) {
            SettingsCheck.check(config); // The clients would complain of ours in words of theirs.
            check(clients.settings(), clients::tryOut);
        }
    }

    /**
     * @param tryOut makes the clients that read and write
     * @throws WrongSetting naming the setting
     */
    static void check(Map<String, Object> settings, Runnable tryOut) {
        values(settings);
        String brokers = String.valueOf(settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        // Before a client is made: it would take what another server says for a length, and that much memory.
        String protocol =
                String.valueOf(settings.getOrDefault(AdminClientConfig.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT"));
        if (!protocol.toUpperCase(Locale.ROOT).endsWith("SSL")) {
            Arrays.stream(brokers.split(",")).map(String::strip).limit(3).forEach(KafkaCheck::listens);
        }
        try {
            Admin admin = Admin.create(settings);
            try {
                tryOut.run(); // The admin is still there: they share its log-in.
            } finally {
                admin.close(Duration.ZERO);
            }
        } catch (KafkaException e) {
            if (!KafkaTrouble.mayPass(e)) {
                throw new WrongSetting(KafkaTrouble.explain(e, brokers));
            }
        }
    }

    private static void values(Map<String, Object> settings) {
        Stream.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())
                .flatMap(known -> known.validateAll(strings(settings)).values().stream())
                .filter(value -> settings.containsKey(value.name()))
                .filter(value -> !value.errorMessages().isEmpty())
                .findFirst()
                .ifPresent(value -> {
                    throw new WrongSetting("kafka." + value.name() + ": "
                            + value.errorMessages().get(0));
                });
    }

    private static Map<String, String> strings(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, setting -> String.valueOf(setting.getValue())));
    }

    private static void listens(String broker) {
        Matcher hostAndPort = HOST_AND_PORT.matcher(broker);
        if (!hostAndPort.matches()) {
            return; // The client says what is wrong with it.
        }
        InetSocketAddress address =
                new InetSocketAddress(hostAndPort.group(1), Integer.parseInt(hostAndPort.group(2)) & 0xffff);
        BrokerPort.stranger(address).ifPresent(what -> {
            throw new WrongSetting("kafka.bootstrap.servers: what answers at " + broker + " " + what);
        });
    }
}
