package dev.postrider.outcome;

import java.util.Optional;

/**
 * What the relay said.
 *
 * @param stage the command it answered: {@code RCPT}
 * @param code three digits; 0 when the connection broke before it answered
 * @param text without the codes; with code 0, what broke
 */
public record RelayWord(String stage, int code, Optional<String> enhancedCode, String text) {}
