package dev.postrider.ops;

import io.smallrye.config.WithDefault;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every setting under {@code postrider.*}, for tests: read from the interfaces that declare them. */
public final class Settings {

    private Settings() {}

    /** By key; with the default, where there is one. */
    public static Map<String, Optional<String>> all() {
        Map<String, Optional<String>> settings = new TreeMap<>();
        add("postrider", PostriderConfig.class, settings);
        return settings;
    }

    private static void add(String prefix, Class<?> declaring, Map<String, Optional<String>> settings) {
        for (Method method : declaring.getMethods()) {
            String key = prefix + "." + StringUtil.skewer(method.getName());
            Class<?> type = method.getReturnType();
            if (type.isInterface() && type.getName().startsWith("dev.postrider.")) {
                add(key, type, settings);
            } else {
                Optional<WithDefault> standard = Optional.ofNullable(method.getAnnotation(WithDefault.class));
                settings.put(key, standard.map(WithDefault::value));
            }
        }
    }
}
