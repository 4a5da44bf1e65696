package dev.postrider.template;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The files of one template on the disk. Links are followed, because that is how mounted configuration changes, but not out
 * of the folder of the templates.
 *
 * @param root the folder of all templates
 * @param name of this one, a single path element
 */
record TemplateFiles(Path root, String name) {

    private static final String SUBJECT = "subject.txt";
    private static final String TEXT = "body.txt";
    private static final String HTML = "body.html";

    private static final long LARGEST = 256 << 10;

    boolean exist() {
        return Files.isDirectory(root.resolve(name));
    }

    /** By what one sees that they changed without reading them. */
    String stamp() {
        return stamp(SUBJECT) + stamp(TEXT) + stamp(HTML);
    }

    private String stamp(String file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(path(file), BasicFileAttributes.class);
            return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey() + "; ";
        } catch (IOException absent) {
            return "-; ";
        }
    }

    TemplateSet read(TemplateLanguage language) throws TemplateFault {
        TemplateSet set = new TemplateSet(read(SUBJECT, language), read(TEXT, language), read(HTML, language));
        if (set.text().isEmpty() && set.html().isEmpty()) {
            throw fault(name + " has neither " + TEXT + " nor " + HTML);
        }
        return set;
    }

    private Optional<Script> read(String file, TemplateLanguage language) throws TemplateFault {
        if (!Files.exists(path(file))) {
            return Optional.empty();
        }
        String shown = name + "/" + file;
        try {
            Path real = path(file).toRealPath();
            if (!real.startsWith(root.toRealPath())) {
                throw fault(shown + " leads out of the folder of the templates");
            }
            if (!Files.isRegularFile(real)) {
                throw fault(shown + " is not a regular file");
            }
            if (Files.size(real) > LARGEST) {
                throw fault(shown + " is larger than " + LARGEST + " bytes");
            }
            return Optional.of(Script.parse(language, shown, Files.readString(real)));
        } catch (CharacterCodingException malformed) {
            throw fault(shown + " is not UTF-8");
        } catch (IOException unreadable) {
            throw fault(shown + " cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
    }

    private Path path(String file) {
        return root.resolve(name).resolve(file);
    }

    private static TemplateFault fault(String reason) {
        return new TemplateFault("$.template.name", reason);
    }
}
