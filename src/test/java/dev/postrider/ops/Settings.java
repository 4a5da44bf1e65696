package dev.postrider.ops;

import io.smallrye.config.WithDefault;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
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

    /**
     * The one that somebody's key is for: in {@code domains."shop.example".keys.2026} two parts are the operator's to name, and
     * stand as {@code *} in the setting.
     */
    public static String named(String key) {
        return all().keySet().stream()
                .filter(setting -> setting.contains("*"))
                .filter(setting -> key.matches(setting.replace(".", "\\.").replace("*", "(\"[^\"]+\"|[^.\"]+)")))
                .findFirst()
                .orElse(key);
    }

    private static Class<?> valueType(Method method) {
        return (Class<?>) ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[1];
    }

    private static void add(String prefix, Class<?> declaring, Map<String, Optional<String>> settings) {
        for (Method method : declaring.getMethods()) {
            String key = prefix + "." + StringUtil.skewer(method.getName());
            Class<?> type = method.getReturnType();
            if (type == Map.class) {
                key += ".*";
                type = valueType(method);
            }
            if (type.isInterface() && type.getName().startsWith("dev.postrider.")) {
                add(key, type, settings);
            } else {
                Optional<WithDefault> standard = Optional.ofNullable(method.getAnnotation(WithDefault.class));
                settings.put(key, standard.map(WithDefault::value));
            }
        }
    }
}
