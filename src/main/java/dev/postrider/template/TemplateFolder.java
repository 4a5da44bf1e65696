package dev.postrider.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The templates, each parsed once and again when its files change. Thread-safe. */
final class TemplateFolder {

    private static final Logger LOG = Logger.getLogger(TemplateFolder.class);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final Path root;
    private final TemplateLanguage language = new TemplateLanguage();
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    TemplateFolder(Path root) {
        this.root = root;
    }

    /**
     * What was read of a template.
     *
     * @param usable the last that could be parsed
     * @param fault of the files as they are now
     */
    private record Held(String stamp, long lookedAt, Optional<TemplateSet> usable, Optional<TemplateFault> fault) {

        /** What cannot be used is looked at each time: it was perhaps mended a moment ago. */
        boolean isFresh() {
            return fault.isEmpty() && System.nanoTime() - lookedAt < PAUSE;
        }
    }

    /**
     * The template of this name, empty if there is none. One that was changed and cannot be parsed now is given as it was
     * before: it is being mended, and mail goes on meanwhile.
     */
    Optional<TemplateSet> find(String name) throws TemplateFault {
        TemplateFiles files = new TemplateFiles(root, name);
        Held now = held.get(name);
        if (now == null || !now.isFresh()) {
            if (!files.exist()) {
                // Not remembered: names come with requests, and are endless.
                held.remove(name);
                return Optional.empty();
            }
            now = held.compute(name, (key, before) -> look(files, before));
        }
        if (now.usable().isEmpty()) {
            throw now.fault().orElseThrow();
        }
        return now.usable();
    }

    private Held look(TemplateFiles files, Held before) {
        String stamp = files.stamp();
        if (before != null && before.stamp().equals(stamp)) {
            return new Held(stamp, System.nanoTime(), before.usable(), before.fault());
        }
        try {
            return new Held(stamp, System.nanoTime(), Optional.of(files.read(language)), Optional.empty());
        } catch (TemplateFault fault) {
            Optional<TemplateSet> usable = before == null ? Optional.empty() : before.usable();
            LOG.warnf(
                    "template %s: %s; %s",
                    files.name(),
                    fault.getMessage(),
                    usable.isPresent()
                            ? "what it was before is used until it is mended"
                            : "requests that name it become dead letters until it is mended");
            return new Held(stamp, System.nanoTime(), usable, Optional.of(fault));
        }
    }

    /** Reads all there are, and logs those that cannot be used. */
    void readAll() {
        for (String name : names()) {
            held.compute(name, (key, before) -> look(new TemplateFiles(root, name), before));
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> Templates.NAME.matcher(name).matches())
                    .sorted()
                    .forEach(names::add);
        } catch (IOException unreadable) {
            LOG.warnf("the templates in %s cannot be listed: %s", root, unreadable);
        }
        return names;
    }
}
