package dev.postrider.smtp;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tells which file a setting was read from. */
interface SettingsFiles {

    Pattern FILE = Pattern.compile("source=(file:[^\\]]+)");

    /**
     * A setting in a file.
     *
     * @param key as it stands there, with its profile if it has one
     */
    record Place(Path file, String key) {}

    /** Empty when it was not read from a file: what came from the environment cannot change. */
    Optional<Place> placeOf(String key);

    /** Those the application was configured from. */
    static Optional<Place> ofThisApplication(String key) {
        ConfigValue value =
                ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigValue(key);
        if (value.getConfigSourceName() == null) {
            return Optional.empty();
        }
        Matcher file = FILE.matcher(value.getConfigSourceName());
        return file.find()
                ? Optional.of(new Place(Path.of(URI.create(file.group(1))), value.getNameProfiled()))
                : Optional.empty();
    }
}
