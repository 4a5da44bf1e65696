package dev.postrider.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The DKIM-Signature field (RFC 6376 §3.5).
 *
 * @param fields names for {@code h=}, in the order they were signed in
 */
record SignatureField(
        Algorithm algorithm, String domain, String selector, Instant at, List<String> fields, byte[] bodyHash) {

    private static final int LINE = 72;

    /**
     * The whole field, folded, with its line end.
     *
     * @param signed the other fields, in their relaxed form
     */
    String signedBy(SigningKey key, String signed) {
        String unsigned = unsigned();
        // RFC 6376 §3.7: itself last, its b= empty, without the line end.
        String data = signed + "dkim-signature:" + HeaderSection.relaxed(unsigned);
        byte[] signature = key.sign(data.getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder field = new StringBuilder("DKIM-Signature:").append(unsigned);
        String base64 = Base64.getEncoder().encodeToString(signature);
        for (int i = 0; i < base64.length(); i += LINE) {
            field.append(i == 0 ? "" : "\r\n  ").append(base64, i, Math.min(i + LINE, base64.length()));
        }
        return field.append("\r\n").toString();
    }

    private String unsigned() {
        return " v=1; a=" + algorithm.tag() + "; c=relaxed/relaxed; t=" + at.getEpochSecond() + ";\r\n d=" + domain
                + ";\r\n s=" + selector + ";\r\n" + list() + ";\r\n bh="
                + Base64.getEncoder().encodeToString(bodyHash) + ";\r\n b=";
    }

    /** {@code h=}, folded behind a colon (RFC 6376 §3.5). */
    private String list() {
        StringBuilder list = new StringBuilder();
        StringBuilder line = new StringBuilder(" h=");
        for (int i = 0; i < fields.size(); i++) {
            String name = i + 1 < fields.size() ? fields.get(i) + ":" : fields.get(i);
            if (line.length() + name.length() > LINE) {
                list.append(line).append("\r\n");
                line = new StringBuilder("  ");
            }
            line.append(name);
        }
        return list.append(line).toString();
    }
}
