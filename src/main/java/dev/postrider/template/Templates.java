package dev.postrider.template;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.TemplateCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Fills in the words of requests that name a template. Thread-safe. */
public final class Templates {

    /** One element of a path, not hidden; that of the schema. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    private static final String SETTING = "postrider.templates.folder";
    private static final Path USUAL = Path.of("config", "templates");

    private final TemplateFolder folder;

    /**
     * Reads all of them, and logs those that cannot be used.
     *
     * @param folder in which each template is a folder; {@code config/templates}, if there is one, when none is given
     * @throws IllegalArgumentException when it is no directory
     */
    public Templates(Optional<Path> folder) {
        folder.filter(given -> !Files.isDirectory(given)).ifPresent(given -> {
            throw new IllegalArgumentException(SETTING + ": must be a directory, not " + given);
        });
        this.folder = new TemplateFolder(folder.orElse(USUAL));
        if (folder.isPresent() || Files.isDirectory(USUAL)) {
            this.folder.readAll();
        }
    }

    /**
     * The request with subject, text and html from the template it names; without one, as it is.
     *
     * @throws InvalidRequest when there is no such template, when it cannot be used, or when the data is not enough for it
     */
    public SendRequest fill(@Body SendRequest request, @Variable("arrival") Arrival arrival) throws InvalidRequest {
        if (request.template().isEmpty()) {
            return request;
        }
        TemplateCall call = request.template().get();
        try {
            return find(call).fill(request, call.data());
        } catch (TemplateFault fault) {
            throw new InvalidRequest(arrival.origin(), fault.asViolation());
        }
    }

    private TemplateSet find(TemplateCall call) throws TemplateFault {
        for (String name : candidates(call)) {
            Optional<TemplateSet> found = NAME.matcher(name).matches() ? folder.find(name) : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new TemplateFault("$.template.name", "there is no template '" + call.name() + "' in " + SETTING);
    }

    /** RFC 4647 §3.4: the tag, then what is left of it when its end is taken away again and again, then none. */
    private static List<String> candidates(TemplateCall call) {
        List<String> names = new ArrayList<>();
        for (String tag = canonical(call.locale().orElse("")); !tag.isEmpty(); tag = shortened(tag)) {
            names.add(call.name() + "_" + tag);
        }
        names.add(call.name());
        return names;
    }

    /** RFC 5646 §2.1.1: case says nothing in a tag, but folders are told apart by it. */
    private static String canonical(String tag) {
        String[] parts = tag.toLowerCase(Locale.ROOT).split("-");
        for (int i = 1; i < parts.length; i++) {
            parts[i] = switch (parts[i].length()) {
                case 2 -> parts[i].toUpperCase(Locale.ROOT);
                case 4 -> parts[i].substring(0, 1).toUpperCase(Locale.ROOT) + parts[i].substring(1);
                default -> parts[i];
            };
        }
        return String.join("-", parts);
    }

    private static String shortened(String tag) {
        String shorter = tag.substring(0, Math.max(tag.lastIndexOf('-'), 0));
        // What a single letter introduced is gone: so is the letter.
        boolean endsInSingle = shorter.length() >= 2 && shorter.charAt(shorter.length() - 2) == '-';
        return endsInSingle ? shorter.substring(0, shorter.length() - 2) : shorter;
    }
}
