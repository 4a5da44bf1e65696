package dev.postrider.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * By what one sees that a file has changed without reading it: time, size, and which file it is, for those that are replaced
 * by a rename. A link is followed: mounted secrets change by changing where it points.
 */
public record FileStamp(String of) {

    /** Empty when there is no file to be seen. */
    public static Optional<FileStamp> of(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileStamp(seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
