package dev.postrider.smtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How we log in, as settings and files say it now: a password that was changed is taken up with the next session, and so by
 * the prober while the relay refuses the old one. Thread-safe.
 */
final class Logins {

    private final Optional<LiveSetting> user;
    private final Optional<LiveSetting> password;
    private final Optional<Path> passwordFile;

    /** @throws IllegalArgumentException naming the setting, when the file with the password is none */
    Logins(SmtpConfig config, SettingsFiles files) {
        this.user = config.username().map(name -> new LiveSetting("postrider.smtp.username", name, files));
        this.password = config.password().map(secret -> new LiveSetting("postrider.smtp.password", secret, files));
        this.passwordFile = config.passwordFile();
        try {
            now();
        } catch (RelayBroken e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Empty when nobody is to log in.
     *
     * @throws RelayBroken when the file with the password cannot be read
     */
    Optional<Login> now() throws RelayBroken {
        if (user.isEmpty()) {
            return Optional.empty();
        }
        String secret = passwordFile.isPresent()
                ? read(passwordFile.get())
                : password.map(LiveSetting::now).orElse("");
        return Optional.of(new Login(user.get().now(), secret));
    }

    private static String read(Path file) throws RelayBroken {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            String secret = text.replaceFirst("\\A\\uFEFF", "").replaceFirst("\\r?\\n\\z", "");
            if (secret.isEmpty()) {
                throw new IOException("it is empty");
            }
            if (secret.indexOf('\n') >= 0 || secret.indexOf('\r') >= 0 || secret.indexOf('\0') >= 0) {
                throw new IOException("it has more than one line, or NUL; the password and nothing else is expected");
            }
            return secret;
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is not in UTF-8", e);
        } catch (NoSuchFileException e) {
            throw unusable(file, "no such file", e);
        } catch (AccessDeniedException e) {
            throw unusable(file, "no permission", e);
        } catch (IOException e) {
            throw unusable(file, Causes.innermost(e), e);
        }
    }

    private static RelayBroken unusable(Path file, String why, IOException cause) {
        return new RelayBroken(
                "postrider.smtp.password-file: cannot read the password from " + file + ": " + why, cause);
    }
}
