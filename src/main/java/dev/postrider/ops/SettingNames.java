package dev.postrider.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The names of all settings: those of the operator's page, and those of Kafka's clients with {@code kafka.} before them.
 * Tells which one a misspelt name was meant to be.
 */
final class SettingNames {

    /** The operator's page, {@code config/application.properties}: every setting with its default or an example. */
    private static final String PAGE = "application.properties";

    private static final Pattern SETTING = Pattern.compile("#([a-z][A-Za-z0-9.\"-]*)=(.+)");

    private static final String KAFKA = "kafka.";

    /** Read by Quarkus, which makes the settings of TLS for Kafka's clients of it. */
    private static final String KAFKA_TLS = "kafka.tls-configuration-name";

    private static final Map<String, String> EXAMPLES = page();
    private static final Collection<String> KAFKA_NAMES = kafka();

    private SettingNames() {}

    /** What stands on the operator's page for a setting: its default, or an example. */
    static Optional<String> example(String name) {
        return Optional.ofNullable(EXAMPLES.get(name));
    }

    static boolean isKafka(String name) {
        return KAFKA_NAMES.contains(name);
    }

    /** Whether an environment variable is for a setting: upper case, with {@code _} for all that is no letter or digit. */
    static boolean isVariable(String variable) {
        return variable.startsWith("POSTRIDER_DKIM_DOMAINS_") // The domain and the key are the operator's to name.
                || Stream.concat(EXAMPLES.keySet().stream(), KAFKA_NAMES.stream())
                        .anyMatch(name -> variable(name).equals(variable));
    }

    static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The setting that a name was meant to be: one with the same beginning that a few slips of the keyboard lead to. */
    static Optional<String> nearest(String name) {
        Stream<String> all = name.startsWith(KAFKA)
                ? KAFKA_NAMES.stream()
                : EXAMPLES.keySet().stream().filter(known -> known.startsWith("postrider."));
        int mostSlips = Math.min(3, name.substring(name.indexOf('.') + 1).length() / 4);
        return all.filter(known -> slips(plain(name), plain(known)) <= mostSlips)
                .min((one, other) -> slips(plain(name), plain(one)) - slips(plain(name), plain(other)));
    }

    /** In an environment variable a dash cannot be told from a dot. */
    private static String plain(String name) {
        return name.replace('-', '.').replace('_', '.');
    }

    /** Letters to put in, to take away or to change (Levenshtein). */
    private static int slips(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private static Map<String, String> page() {
        try (InputStream page = SettingNames.class.getResourceAsStream(PAGE)) {
            Map<String, String> examples = new TreeMap<>();
            new String(page.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(SETTING::matcher)
                    .filter(Matcher::matches)
                    .forEach(setting -> examples.put(setting.group(1), setting.group(2)));
            return examples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Collection<String> kafka() {
        Collection<String> names = new TreeSet<>();
        Stream.of(ConsumerConfig.configNames(), ProducerConfig.configNames(), AdminClientConfig.configNames())
                .flatMap(Collection::stream)
                .forEach(name -> names.add(KAFKA + name));
        names.add(KAFKA_TLS);
        return names;
    }
}
