package dev.postrider.smtp;

import dev.postrider.disk.FileStamp;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** A setting whose file may be edited while we run: has the value that stands there now. Thread-safe. */
final class LiveSetting {

    private static final Logger LOG = Logger.getLogger(LiveSetting.class);
    private static final int BELOW_THE_ENVIRONMENT = 250;

    private final Optional<SettingsFiles.Place> place;
    private Optional<FileStamp> stamp = Optional.empty();
    private String value;

    /** @param value as it was at the start */
    LiveSetting(String key, String value, SettingsFiles files) {
        this.place = files.placeOf(key);
        this.value = value;
    }

    /** What it was before, as long as the file is away, cannot be read or does not set it: it may be in the making. */
    synchronized String now() {
        if (place.isPresent()) {
            Optional<FileStamp> seen = FileStamp.of(place.get().file());
            if (seen.isPresent() && !seen.equals(stamp)) {
                stamp = seen;
                value = read(place.get()).filter(text -> !text.isBlank()).orElse(value);
            }
        }
        return value;
    }

    /** As it was read at the start, references to other settings included. */
    private static Optional<String> read(SettingsFiles.Place place) {
        try {
            String text = new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addSystemSources()
                    .withSources(new PropertiesConfigSource(place.file().toUri().toURL(), BELOW_THE_ENVIRONMENT))
                    .build()
                    .getConfigValue(place.key())
                    .getValue();
            return Optional.ofNullable(text);
        } catch (IOException | RuntimeException e) {
            // Not the message: it may quote the line.
            LOG.warnf(
                    "cannot read %s anew (%s): what it said of %s before still applies",
                    place.file(), e.getClass().getSimpleName(), place.key());
            return Optional.empty();
        }
    }
}
