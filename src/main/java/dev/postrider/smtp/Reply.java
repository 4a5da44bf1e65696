package dev.postrider.smtp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the relay answered to one command (RFC 5321 §4.2).
 *
 * @param code three digits; 0 when there was no reply
 * @param enhancedCode enhanced status code (RFC 3463), e.g. {@code 5.1.1}
 * @param text the rest, its lines joined by spaces, without codes
 */
public record Reply(int code, Optional<String> enhancedCode, String text) {

    private static final Pattern LINE =
            Pattern.compile("^(\\d{3})[ -]?(?:([245]\\.\\d{1,3}\\.\\d{1,3})(?:\\s+|$))?(.*)$");

    // Exim: 554 SMTP synchronization error. Postfix: 503 5.5.0 Improper use of SMTP command pipelining.
    private static final Pattern PIPELINING = Pattern.compile("(?i)synchroni[sz]ation|pipelin");

    /** Longer texts are cut: they travel in record headers and log lines. */
    private static final int MAX_TEXT = 500;

    /** Reads a reply of one or more lines; something that is no reply at all gets code 0. */
    static Reply parse(String lines) {
        int code = 0;
        Optional<String> enhanced = Optional.empty();
        StringBuilder text = new StringBuilder();
        for (String line :
                lines.indexOf('\n') < 0 ? List.of(lines) : lines.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                text.append(text.isEmpty() ? "" : " ").append(line);
                continue;
            }
            code = Integer.parseInt(matcher.group(1));
            if (enhanced.isEmpty()) {
                enhanced = Optional.ofNullable(matcher.group(2));
            }
            text.append(text.isEmpty() ? "" : " ").append(matcher.group(3).strip());
        }
        return new Reply(code, enhanced, printable(text));
    }

    /** A refusal of ours, before the relay was asked. */
    static Reply local(int code, String enhancedCode, String text) {
        return new Reply(code, Optional.of(enhancedCode), text);
    }

    /** No reply at all. */
    static Reply none(String why) {
        return new Reply(0, Optional.empty(), why);
    }

    /** The text, fit for a log line. */
    String shown() {
        return printable(text);
    }

    /**
     * RFC 4954 §6, RFC 3207 §4: the relay wants authentication (530, 535), a stronger mechanism (534) or encryption
     * (530, 538). That is about us, whoever the recipient.
     */
    boolean deniesAccess() {
        return code == 530 || code == 534 || code == 535 || code == 538;
    }

    /** Not RFC 2920's word for it, but that of relays that do not want commands sent together, whatever they offer. */
    boolean complainsOfPipelining() {
        return code / 100 == 5 && PIPELINING.matcher(text).find();
    }

    /** 4yz */
    boolean putsOff() {
        return code / 100 == 4;
    }

    /** 2yz */
    public boolean accepted() {
        return code / 100 == 2;
    }

    @Override
    public String toString() {
        if (code == 0) {
            return text;
        }
        return code + enhancedCode.map(enhanced -> " " + enhanced).orElse("") + (text.isEmpty() ? "" : " " + text);
    }

    /** A reply is the relay's text: it must not be able to add lines or escapes to our log. */
    private static String printable(CharSequence text) {
        if (text.length() <= MAX_TEXT && text.chars().noneMatch(Character::isISOControl)) {
            return text.toString();
        }
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(MAX_TEXT).forEach(c -> printable.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return printable.toString();
    }
}
