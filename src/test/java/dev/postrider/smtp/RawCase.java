package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A raw message and what becomes of it, as a file of {@code src/test/resources/raw}: a line that says why, record headers
 * and the envelope to expect, the message that comes in, and the one that goes out, or why none does. Lines end with
 * CRLF unless {@code line-ends: lf} is said. {@code ⟦0D 00⟧} are octets, {@code ⟦a*998⟧} is a letter many times, and
 * {@code ⟦join⟧} takes away the line end behind it.
 */
record RawCase(String name, String why, List<String> settings, String in, String kind, String expected) {

    private static final Path FOLDER = Path.of("src/test/resources/raw");
    private static final Pattern PARTS = Pattern.compile(
            "(?s)(?<why>[^\n]+)\n(?<settings>.*?)--- in\n(?<in>.*?)--- (?<kind>same|refused|out)\n(?<expected>.*)");
    private static final Pattern ESCAPE = Pattern.compile(
            "(?<join>⟦join⟧\n)|⟦(?<letter>.)\\*(?<count>\\d+)⟧|⟦(?<octets>[0-9A-F ]+)⟧|(?<end>\n)|(?<text>[^⟦\n]+)");

    static Stream<RawCase> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(RawCase::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawCase read(Path file) {
        try {
            Matcher parts = PARTS.matcher(Files.readString(file));
            if (!parts.matches()) {
                throw new IllegalArgumentException("cannot read " + file);
            }
            return new RawCase(
                    file.getFileName().toString().replace(".txt", ""),
                    parts.group("why"),
                    parts.group("settings").lines().toList(),
                    parts.group("in"),
                    parts.group("kind"),
                    parts.group("expected"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRefused() {
        return kind.equals("refused");
    }

    byte[] message() {
        return octets(in, settings("line-ends").contains("lf") ? "\n" : "\r\n");
    }

    /** What the relay has to get. */
    byte[] wire(String messageId) {
        String text = kind.equals("same") ? in : expected.replace("⟦message-id⟧", messageId);
        return octets(text, "\r\n");
    }

    /** The reverse-path, and then the recipients. */
    List<String> envelope() {
        return List.of(settings("envelope").get(0).split(" -> |, ", -1));
    }

    Arrival arrival() {
        List<Origin.Header> headers = new ArrayList<>();
        headers.add(new Origin.Header("Content-Type", "Message/RFC822; charset=utf-8".getBytes(UTF_8)));
        for (String name : List.of("mail-from", "rcpt-to")) {
            settings(name).forEach(value -> headers.add(new Origin.Header(name, octets(value, ""))));
        }
        Instant timestamp = Instant.parse("2026-02-03T04:05:06Z");
        return new Arrival(
                new Origin.TopicRecord("mail.requests", 0, 17, timestamp, null, headers), message(), () -> {});
    }

    private List<String> settings(String name) {
        return settings.stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }

    private static byte[] octets(String text, String lineEnd) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        ESCAPE.matcher(text).results().map(MatchResult::group).forEach(token -> {
            Matcher part = ESCAPE.matcher(token);
            part.matches();
            if (part.group("letter") != null) {
                octets.writeBytes(part.group("letter")
                        .repeat(Integer.parseInt(part.group("count")))
                        .getBytes(UTF_8));
            } else if (part.group("octets") != null) {
                octets.writeBytes(HexFormat.ofDelimiter(" ").parseHex(part.group("octets")));
            } else if (part.group("end") != null) {
                octets.writeBytes(lineEnd.getBytes(UTF_8));
            } else if (part.group("join") == null) {
                octets.writeBytes(part.group("text").getBytes(UTF_8));
            }
        });
        return octets.toByteArray();
    }

    @Override
    public String toString() {
        return name + ": " + why;
    }
}
