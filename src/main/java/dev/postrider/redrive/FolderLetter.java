package dev.postrider.redrive;

import dev.postrider.disk.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A dead letter in the folder. */
record FolderLetter(Path file, Parked parked) implements Letter {

    String fileName() {
        return file.getFileName().toString();
    }

    @Override
    public Optional<byte[]> content() throws Refused {
        try {
            return Optional.of(RegularFile.read(file, Integer.MAX_VALUE - 8));
        } catch (IOException e) {
            throw new Refused("it cannot be read: " + RegularFile.why(e));
        }
    }
}
