package dev.postrider.submission;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/**
 * The way from a folder down to a file, one open folder at a time: no symbolic link is followed on it, not even one that takes
 * the place of a folder in this very moment, as it would be where a path is first looked at and then opened.
 */
final class Descent {

    private Descent() {}

    /** What to do with the file, once its folder is reached. */
    interface Deed<T> {
        T on(Path name, SecureDirectoryStream<Path> folder) throws IOException;
    }

    /**
     * @param root may be a link itself, it is the operator's
     * @param file relative, without dots
     */
    static <T> T to(Path root, Path file, Deed<T> deed) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
            if (folder instanceof SecureDirectoryStream<Path> secure) {
                return below(secure, file, deed);
            }
            throw new IOException("no file can be opened relative to a folder on this system: " + root);
        }
    }

    private static <T> T below(SecureDirectoryStream<Path> folder, Path way, Deed<T> deed) throws IOException {
        if (way.getNameCount() == 1) {
            return deed.on(way, folder);
        }
        try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(way.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return below(next, way.subpath(1, way.getNameCount()), deed);
        }
    }
}
