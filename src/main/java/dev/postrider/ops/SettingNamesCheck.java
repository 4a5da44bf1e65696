package dev.postrider.ops;

import io.quarkus.runtime.Startup;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Expressions;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Finds what Quarkus would pass over in silence: misspelt names under {@code kafka.} and in the environment, a boolean that
 * is none, a duration without a unit, a reference to what is not set. A wrong {@code postrider.*} key in a file is found by
 * the mapping of {@link PostriderConfig} before.
 */
@Startup(1) // Before all others, which would complain of the setting that the misspelt one was meant to be.
@Singleton
class SettingNamesCheck {

    private static final Logger LOG = Logger.getLogger(SettingNamesCheck.class);

    private static final Pattern VARIABLE = Pattern.compile("(POSTRIDER|KAFKA)_[A-Z0-9_]+");

    /** Kubernetes sets them in every container of a namespace that has a service of that name. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            ".+_SERVICE_HOST|.+_SERVICE_PORT(_[A-Z0-9_]+)?|.+_PORT_[0-9]+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?");

    private static final Pattern URL = Pattern.compile("(tcp|udp|sctp)://.*");

    private static final Pattern TRUE_OR_FALSE = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATIONS = Pattern.compile("[0-9]+(ms|s|m|h|d)(,.*)?");
    private static final Pattern NUMBER_ALONE = Pattern.compile("(.*,)?\\s*[0-9]+\\s*(,.*)?");

    @Inject
    SettingNamesCheck(Config config) {
        check(config.unwrap(SmallRyeConfig.class));
    }

    /** @throws WrongSetting naming the first that is wrong */
    static void check(SmallRyeConfig config) {
        Set<String> names = new TreeSet<>();
        config.getPropertyNames().forEach(names::add);
        for (String name : names) {
            if (name.startsWith("postrider.")
                    || name.startsWith("kafka.")
                    || VARIABLE.matcher(name).matches()) {
                check(name, config.getConfigValue(name), Expressions.withoutExpansion(() -> config.getRawValue(name)));
            }
        }
    }

    private static void check(String name, ConfigValue value, String raw) {
        boolean inEnvironment = "EnvConfigSource".equals(value.getConfigSourceName());
        if (VARIABLE.matcher(name).matches()) {
            variable(name, Optional.ofNullable(raw).orElse(""));
        } else if (name.startsWith("kafka.") && !inEnvironment) {
            kafka(name, value);
        }
        if (value.getValue() == null && raw != null && raw.contains("${")) {
            throw new WrongSetting(name + " refers by ${...} to a setting that is not there (given "
                    + SettingTrouble.place(value) + "); a dollar sign that means itself is written $$");
        }
        SettingNames.example(name).ifPresent(example -> form(name, example, value));
    }

    /** Only what is close to a setting can be told from what other programs have in the environment. */
    private static void variable(String name, String value) {
        boolean ours = name.startsWith("POSTRIDER_");
        String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
        if (SettingNames.isVariable(name)
                || SERVICE_LINK.matcher(name).matches()
                || (name.endsWith("_PORT") && URL.matcher(value).matches())) {
            return;
        }
        Optional<String> nearest = SettingNames.nearest(key);
        if (ours || nearest.isPresent()) {
            throw new WrongSetting("the environment variable " + name + " is for no setting"
                    + nearest.map(known -> " (did you mean " + SettingNames.variable(known) + "?)")
                            .orElse(""));
        }
    }

    private static void kafka(String name, ConfigValue value) {
        if (SettingNames.isKafka(name)) {
            return;
        }
        Optional<String> nearest = SettingNames.nearest(name);
        if (nearest.isPresent()) {
            throw new WrongSetting(name + " is no setting of Kafka's clients (did you mean " + nearest.get()
                    + "? given " + SettingTrouble.place(value) + ")");
        }
        // A class that a setting names, an interceptor or a callback handler, may have settings of its own.
        LOG.warnf(
                "%s is no setting of Kafka's clients: it reaches only classes that are named in other settings", name);
    }

    /** The default, or the example where there is none, shows what is expected. */
    private static void form(String name, String example, ConfigValue value) {
        String given = value.getValue();
        if (given == null || !name.startsWith("postrider.")) {
            return;
        }
        if (TRUE_OR_FALSE.matcher(example).matches()
                && !TRUE_OR_FALSE.matcher(given.strip()).matches()) {
            throw new WrongSetting(name + "=" + given + " is not accepted: true or false");
        }
        if (DURATIONS.matcher(example).matches() && NUMBER_ALONE.matcher(given).matches()) {
            throw new WrongSetting(name + "=" + given + " is not accepted: " + SettingTrouble.A_DURATION);
        }
    }
}
