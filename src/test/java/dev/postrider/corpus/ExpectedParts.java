package dev.postrider.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.corpus.Reading.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reader has to see of the words and the files of a request. */
record ExpectedParts(JsonNode request) {

    private static final Map<String, String> TYPES_BY_ENDING = Map.of(
            "pdf", "application/pdf", "png", "image/png", "txt", "text/plain", "exe", "application/x-msdownload");
    private static final Pattern PARAMETER = Pattern.compile(";\\s*([^=]+)=(\"[^\"]*\"|[^;]*)");

    List<Part> all() {
        List<Part> parts = new ArrayList<>();
        String html =
                template("<p>Hello %s!</p>\n", true).orElse(request.path("html").asText());
        String text = template("Hello %s!\n", false).orElse(request.path("text").asText(seenIn(html)));
        if (request.has("text") || !text.isEmpty()) {
            parts.add(Part.words("text/plain", lines(text)));
        }
        if (!html.isEmpty()) {
            parts.add(Part.words("text/html", lines(html)));
        }
        List<JsonNode> files = new ArrayList<>();
        request.path("attachments").forEach(files::add);
        files.stream().filter(ExpectedParts::isInline).forEach(file -> parts.add(file(file, "inline")));
        if (request.has("calendar")) {
            String calendar = request.at("/calendar/content").asText();
            String method = request.at("/calendar/method").asText();
            parts.add(
                    new Part("text/calendar", Map.of("charset", "utf-8", "method", method), "", "", "", "", calendar));
            String octets = Base64.getEncoder().encodeToString(Expected.octets(calendar));
            parts.add(new Part("application/ics", Map.of(), "attachment", "invite.ics", "invite.ics", "", octets));
        }
        files.stream().filter(file -> !isInline(file)).forEach(file -> parts.add(file(file, "attachment")));
        return parts;
    }

    private Optional<String> template(String words, boolean escaped) {
        JsonNode name = request.at("/template/data/name");
        return name.isMissingNode()
                ? Optional.empty()
                : Optional.of(words.formatted(escaped ? escaped(name.asText()) : name.asText()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The html of the corpus that stands alone is one paragraph. */
    private static String seenIn(String html) {
        return html.replaceAll("<[^>]*>", "");
    }

    private static String lines(String text) {
        String lines = text.replaceAll("\r\n|\r", "\n");
        return lines.endsWith("\n") ? lines : lines + "\n";
    }

    private static boolean isInline(JsonNode file) {
        return file.path("inline").asBoolean();
    }

    private static Part file(JsonNode file, String disposition) {
        String name = file.get("filename").asText();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = file.path("contentType")
                .asText(TYPES_BY_ENDING.getOrDefault(name.contains(".") ? ending : "", "application/octet-stream"));
        return new Part(
                type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT),
                parameters(type),
                disposition,
                name,
                name,
                file.path("contentId").asText(),
                content(file));
    }

    private static Map<String, String> parameters(String type) {
        Map<String, String> parameters = new TreeMap<>();
        Matcher parameter = PARAMETER.matcher(type);
        while (parameter.find()) {
            parameters.put(parameter.group(1), parameter.group(2).replace("\"", ""));
        }
        return parameters;
    }

    private static String content(JsonNode file) {
        try {
            byte[] octets = file.has("file")
                    ? CorpusMail.FILE_CONTENT
                    : file.get("content").binaryValue();
            return Base64.getEncoder().encodeToString(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
