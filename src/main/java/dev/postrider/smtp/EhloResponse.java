package dev.postrider.smtp;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the relay offers, as it said in its last reply to EHLO (RFC 5321 §4.1.1.1).
 *
 * @param extensions their parameters by keyword, in upper case
 */
record EhloResponse(Map<String, String> extensions) {

    /** To HELO: no extensions. */
    static final EhloResponse NONE = new EhloResponse(Map.of());

    private static final String AUTH = "AUTH";

    EhloResponse {
        extensions = Map.copyOf(extensions);
    }

    /** @param lines of the reply, with their code, separated by CRLF; the first one is a greeting */
    static EhloResponse of(String lines) {
        Map<String, String> extensions = new HashMap<>();
        String[] line = lines.split("\r\n");
        for (int i = 1; i < line.length; i++) {
            String offered = line[i].substring(Math.min(4, line[i].length())).strip();
            // As in the drafts of RFC 2554: 250-AUTH=LOGIN PLAIN, instead of 250-AUTH LOGIN PLAIN or beside it.
            String[] words = offered.split(offered.regionMatches(true, 0, "AUTH=", 0, 5) ? "=" : "\\s+", 2);
            String keyword = words[0].toUpperCase(Locale.ROOT);
            String parameters = words.length > 1 ? words[1].strip() : "";
            extensions.merge(
                    keyword, parameters, (first, second) -> keyword.equals(AUTH) ? first + " " + second : first);
        }
        return new EhloResponse(extensions);
    }

    boolean offers(String keyword) {
        return extensions.containsKey(keyword);
    }

    /** What stands behind the keyword; empty when it is not offered or nothing does. */
    Optional<String> parameter(String keyword) {
        return Optional.ofNullable(extensions.get(keyword)).filter(text -> !text.isEmpty());
    }

    /** The mechanisms for AUTH (RFC 4954 §3), in upper case. */
    List<String> authMechanisms() {
        return parameter(AUTH)
                .map(names -> List.of(names.toUpperCase(Locale.ROOT).split("\\s+")))
                .orElse(List.of());
    }
}
