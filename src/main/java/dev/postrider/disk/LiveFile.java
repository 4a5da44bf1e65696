package dev.postrider.disk;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What a file that a setting names says now. As long as the file stays the same so does what is handed out. One that was
 * changed and cannot be read changes nothing, and the log says so: what worked is not to be lost over it. Thread-safe.
 */
public final class LiveFile<T> {

    private static final Logger LOG = Logger.getLogger(LiveFile.class);

    private final String setting;
    private final Path file;
    private final Function<Path, T> reader;
    private Optional<FileStamp> stamp;
    private T content;

    /**
     * @param reader throws an {@link IllegalArgumentException} that names the setting, when the file is no such thing
     * @throws IllegalArgumentException the reader's, when it is so now
     */
    public LiveFile(String setting, Path file, Function<Path, T> reader) {
        this.setting = setting;
        this.file = file;
        this.reader = reader;
        this.stamp = FileStamp.of(file);
        this.content = reader.apply(file);
    }

    public synchronized T now() {
        Optional<FileStamp> seen = FileStamp.of(file); // Before it is read: what changes later is seen later.
        if (!seen.equals(stamp)) {
            stamp = seen;
            try {
                content = reader.apply(file);
                LOG.infof("read %s anew: %s", file, setting);
            } catch (IllegalArgumentException e) {
                LOG.errorf("%s. What was read before still applies", e.getMessage());
            }
        }
        return content;
    }
}
