package dev.postrider.ops;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Expressions;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.Locale;

/**
 * Passwords in the environment are taken as they are: {@code pa${word}} and {@code pa$$word} are passwords, where the
 * configuration would look for a setting {@code word}, and drop a dollar sign. A file may refer to other settings, so there
 * a dollar sign has to be doubled.
 */
@Priority(Priorities.APPLICATION) // Before the interceptor that expands.
public final class PlainSecrets implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1;

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        if (isSecret(name)) {
            ConfigValue plain = Expressions.withoutExpansion(() -> context.proceed(name));
            if (plain != null && "EnvConfigSource".equals(plain.getConfigSourceName())) {
                return plain;
            }
        }
        return context.proceed(name);
    }

    private static boolean isSecret(String name) {
        String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
        return key.equals("postrider.smtp.password")
                || (key.startsWith("kafka.") && (key.endsWith(".password") || key.equals("kafka.sasl.jaas.config")));
    }
}
