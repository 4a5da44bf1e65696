package dev.postrider.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jboss.logging.Logger;

/** Folders in which only Postrider, and whoever shares its user or group, changes anything. */
public final class PrivateFolder {

    private static final Logger LOG = Logger.getLogger(PrivateFolder.class);

    private PrivateFolder() {}

    /** Makes the folder, for its owner alone. From one that is there, the right of all others to write is taken. */
    public static void make(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        try {
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(folder.toString(), null, folder.getFileName() + " is not a folder");
            }
            closeToOthers(folder);
        }
    }

    private static void closeToOthers(Path folder) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.remove(PosixFilePermission.OTHERS_WRITE)) {
            try {
                view.setPermissions(permissions);
            } catch (IOException e) {
                LOG.warnf("everybody may write in %s, and so have any file of this user mailed: chmod o-w", folder);
            }
        }
    }
}
