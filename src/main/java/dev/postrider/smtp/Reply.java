package dev.postrider.smtp;

import dev.postrider.submission.Excerpt;
import java.util.Optional;

/**
 * What the relay answered to one command (RFC 5321 §4.2).
 *
 * @param code three digits; 0 when there was no reply
 * @param enhancedCode enhanced status code (RFC 3463), e.g. {@code 5.1.1}
 * @param text the rest, its lines joined by spaces, without codes
 */
public record Reply(int code, Optional<String> enhancedCode, String text) {

    /** Longer texts are cut: they travel in record headers and log lines. */
    private static final int MAX_TEXT = 500;

    private static final String CRLF = "\r\n";

    /**
     * Reads a reply of one or more lines; something that is no reply at all gets code 0. The code is the first three octets of
     * a line, and CRLF alone ends a line (RFC 5321 §4.2.1, §2.3.8): whatever else stands there is text.
     */
    static Reply parse(String lines) {
        int code = 0;
        Optional<String> enhanced = Optional.empty();
        StringBuilder text = new StringBuilder();
        for (int start = 0, end; start <= lines.length(); start = end + CRLF.length()) {
            end = lines.indexOf(CRLF, start);
            end = end < 0 ? lines.length() : end;
            int next = start;
            if (hasCode(lines, start, end)) {
                next = Math.min(end, start + 4);
                int said = Integer.parseInt(lines, start, start + 3, 10);
                if (said != code) { // Of two that differ the last one counts, as with "220-" and then "554".
                    code = said;
                    enhanced = Optional.empty();
                    text.setLength(0);
                }
                int behind = endOfEnhancedCode(lines, next, end);
                if (behind > next) {
                    enhanced = enhanced.isPresent() ? enhanced : Optional.of(lines.substring(next, behind));
                    next = behind;
                }
            }
            String rest = lines.substring(next, end).strip();
            if (text.length() <= MAX_TEXT && !rest.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(rest);
            }
        }
        return new Reply(code, enhanced, printable(text.toString()));
    }

    /** Whether this line begins with a reply code, and nothing that would make it another word. */
    static boolean hasCode(String line, int start, int end) {
        if (end - start < 3 || line.charAt(start) < '2' || line.charAt(start) > '5') {
            return false;
        }
        char next = end - start > 3 ? line.charAt(start + 3) : ' ';
        return isDigit(line.charAt(start + 1))
                && isDigit(line.charAt(start + 2))
                && !(next < 128 && Character.isLetterOrDigit(next));
    }

    /** Behind the enhanced status code that stands here (RFC 3463 §2); where it was to begin when there is none. */
    private static int endOfEnhancedCode(String line, int start, int end) {
        if (start == end || "245".indexOf(line.charAt(start)) < 0) {
            return start;
        }
        int at = start + 1;
        for (int part = 0; part < 2; part++) {
            int digits = at + 1;
            if (at >= end || line.charAt(at) != '.') {
                return start;
            }
            for (at = digits; at < end && at < digits + 3 && isDigit(line.charAt(at)); ) {
                at++;
            }
            if (at == digits) {
                return start;
            }
        }
        return at == end || Character.isWhitespace(line.charAt(at)) ? at : start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A refusal of ours, before the relay was asked. */
    static Reply local(int code, String enhancedCode, String text) {
        return new Reply(code, Optional.of(enhancedCode), text);
    }

    /** No reply at all. */
    static Reply none(String why) {
        return new Reply(0, Optional.empty(), why);
    }

    /**
     * RFC 4954 §6, RFC 3207 §4: the relay wants authentication (530, 535), a stronger mechanism (534) or encryption
     * (530, 538). That is about us, whoever the recipient.
     */
    boolean deniesAccess() {
        return code == 530 || code == 534 || code == 535 || code == 538;
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

    /** Fit for a log line and a header: it is the relay's text, and must not add lines, escapes or a false direction of reading. */
    static String printable(String text) {
        if (text.length() <= MAX_TEXT && isAscii(text)) {
            return text;
        }
        String printable = Excerpt.printable(cut(text));
        return cut(printable);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT || text.codePointCount(0, text.length()) <= MAX_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT));
    }
}
