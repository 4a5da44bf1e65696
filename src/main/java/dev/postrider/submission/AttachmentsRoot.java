package dev.postrider.submission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The folder below which {@code attachments[].file} is looked for, and nothing outside it. Thread-safe.
 *
 * <p>Who may write a request may not read every file Postrider can: so the path is relative, has no {@code ..}, and
 * passes through no symbolic link. The folder itself is the operator's, who may well make it one.
 */
public final class AttachmentsRoot {

    private static final String SETTING = "postrider.attachments.root";

    private final Optional<Path> root;

    private AttachmentsRoot(Optional<Path> root) {
        this.root = root;
    }

    /** @throws IllegalArgumentException if it is no directory */
    public static AttachmentsRoot at(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(SETTING + ": must be a directory, not " + directory);
        }
        return new AttachmentsRoot(Optional.of(directory.toAbsolutePath()));
    }

    /** Every {@code file} is refused. */
    public static AttachmentsRoot none() {
        return new AttachmentsRoot(Optional.empty());
    }

    /** A regular file that can be read at this moment. */
    record Found(Path root, String file, long size) {}

    /** Empty if it is a violation. What is said of it names the file as the request does, never a path outside. */
    Optional<Found> find(Field field, Violations violations) {
        try {
            return Optional.of(find(field.text().orElseThrow()));
        } catch (Unusable unusable) {
            violations.add(field, unusable.getMessage());
            return Optional.empty();
        }
    }

    private Found find(String file) throws Unusable {
        Path top = root.orElseThrow(() -> new Unusable("files are not accepted here: " + SETTING + " is not set"));
        Path current = top;
        try {
            Path relative = relative(file);
            BasicFileAttributes attributes = null;
            for (Path step : relative) {
                current = current.resolve(step);
                attributes = Files.readAttributes(current, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isSymbolicLink()) {
                    throw new Unusable("leads through a symbolic link");
                }
            }
            if (!attributes.isRegularFile()) {
                throw new Unusable(attributes.isDirectory() ? "is a directory" : "is not a regular file");
            }
            if (!Files.isReadable(current)) {
                throw new Unusable("may not be read");
            }
            return new Found(top, file, attributes.size());
        } catch (InvalidPathException | NoSuchFileException absent) {
            throw new Unusable("no such file below " + SETTING);
        } catch (IOException unreadable) {
            throw new Unusable("cannot be read");
        }
    }

    private static Path relative(String file) throws Unusable {
        Path path = Path.of(file);
        if (path.isAbsolute()) {
            throw new Unusable("must be a path relative to " + SETTING);
        }
        for (Path step : path) {
            String name = step.toString();
            if (name.equals("..") || name.equals(".")) {
                throw new Unusable("must not contain '" + name + "'");
            }
        }
        return path;
    }

    private static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason, null, false, false);
        }
    }
}
