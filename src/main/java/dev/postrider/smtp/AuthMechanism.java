package dev.postrider.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * A way to log in by AUTH (RFC 4954 §4), made anew for each attempt: it may remember what was said. Responses and challenges are
 * in base64, as they are on the wire.
 */
interface AuthMechanism {

    /** Those we have, the one with the fewest round trips first. */
    List<Function<Login, AuthMechanism>> KNOWN = List.of(Plain::new, ByLogin::new);

    String name();

    /** What goes along with AUTH; empty when the relay speaks first. */
    Optional<String> initialResponse();

    /** What answers a challenge; empty to give up. */
    Optional<String> respond(String challenge);

    /** Those of ours that the relay offers. */
    static List<AuthMechanism> usable(EhloResponse offered, Login login) {
        List<String> names = offered.authMechanisms();
        return KNOWN.stream()
                .map(mechanism -> mechanism.apply(login))
                .filter(mechanism -> names.contains(mechanism.name()))
                .toList();
    }

    /** PLAIN (RFC 4616). */
    final class Plain implements AuthMechanism {

        private final String response;

        Plain(Login login) {
            response = base64("\0" + login.user() + "\0" + login.password());
        }

        @Override
        public String name() {
            return "PLAIN";
        }

        @Override
        public Optional<String> initialResponse() {
            return Optional.of(response);
        }

        @Override
        public Optional<String> respond(String challenge) {
            return Optional.empty();
        }
    }

    /** LOGIN (draft-murchison-sasl-login): asks for the two one after the other, in words that nobody relies on. */
    final class ByLogin implements AuthMechanism {

        private final Queue<String> responses;

        ByLogin(Login login) {
            responses = new ArrayDeque<>(List.of(base64(login.user()), base64(login.password())));
        }

        @Override
        public String name() {
            return "LOGIN";
        }

        @Override
        public Optional<String> initialResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<String> respond(String challenge) {
            return Optional.ofNullable(responses.poll());
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
