package dev.postrider.redrive;

import java.io.IOException;
import java.nio.file.Files;
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
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Refused("it cannot be read: " + e);
        }
    }
}
