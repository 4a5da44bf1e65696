package dev.postrider.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of Postrider that runs, which Maven writes into {@code version.txt}. */
public final class Version {

    private Version() {}

    public static String text() {
        try (InputStream file = Version.class.getResourceAsStream("/dev/postrider/version.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
