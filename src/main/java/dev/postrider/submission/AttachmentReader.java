package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads attachments: decodes those sent along, finds those referred to, weighs them. Thread-safe. */
final class AttachmentReader {

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`{|}~-]+";

    /**
     * RFC 2045 §5.1. Only for the 255 characters the schema allows: on long input its group would exhaust the stack.
     */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(TOKEN + "/" + TOKEN + "( *; *" + TOKEN + "=(" + TOKEN + "|\"[ !#-\\[\\]-~]*\"))*");

    private final RequestLimits limits;
    private final AttachmentsRoot root;

    AttachmentReader(RequestLimits limits, AttachmentsRoot root) {
        this.limits = limits;
        this.root = root;
    }

    /** Removes them if they are too many, so that nothing looks into them. */
    void refuseTooMany(JsonNode request, Violations violations) {
        int count = request.path("attachments").size();
        if (count > limits.maxAttachments()) {
            violations.add(Field.ROOT + ".attachments", "at most " + limits.maxAttachments() + ", not " + count);
            ((ObjectNode) request).remove("attachments");
        }
    }

    /** Those that can be read; the others are violations. */
    List<Attachment> readAll(Field request, Violations violations) {
        Field field = request.member("attachments");
        List<Attachment> attachments = new ArrayList<>();
        Set<String> contentIds = new HashSet<>();
        long size = 0;
        for (Field item : field.items()) {
            checkContentType(item.member("contentType"), violations);
            checkPlacement(item, request, contentIds, violations);
            Optional<Weighed> content = readContent(item, violations);
            content.ifPresent(weighed -> attachments.add(attachment(item, weighed.content())));
            size += content.map(Weighed::size).orElse(0L);
        }
        if (size > limits.maxAttachmentBytes()) {
            violations.add(field.path(), "at most " + limits.maxAttachmentBytes() + " bytes together, not " + size);
        }
        return attachments;
    }

    private record Weighed(Attachment.Content content, long size) {}

    private Optional<Weighed> readContent(Field item, Violations violations) {
        Field content = item.member("content");
        Optional<Sha256> sha256 = item.member("sha256").text().map(Sha256::new);
        if (content.isPresent()) {
            Optional<byte[]> bytes = Base64Text.decode(content, violations);
            bytes.ifPresent(octets -> checkDigest(octets, sha256, item, violations));
            return bytes.map(octets -> new Weighed(new Attachment.Bytes(octets), octets.length));
        }
        // The octets of a file are hashed when it is read anyway.
        return root.find(item.member("file"), violations)
                .map(found ->
                        new Weighed(new Attachment.FileReference(found.root(), found.file(), sha256), found.size()));
    }

    private static void checkDigest(byte[] octets, Optional<Sha256> sha256, Field item, Violations violations) {
        MessageDigest digest = Sha256.begin();
        digest.update(octets);
        if (!sha256.map(asked -> asked.is(digest)).orElse(true)) {
            violations.add(item.path() + ".sha256", "is not that of the content");
        }
    }

    private static void checkContentType(Field field, Violations violations) {
        field.text().ifPresent(type -> {
            String lowerCase = type.toLowerCase(Locale.ROOT);
            if (!MEDIA_TYPE.matcher(type).matches()) {
                violations.add(field, "must be a media type such as text/csv; charset=utf-8 (RFC 2045 §5.1)");
            } else if (lowerCase.startsWith("multipart/")
                    || (lowerCase.startsWith("message/")
                            && !DeclaredFormat.mediaType(type).equals("message/rfc822"))) {
                // RFC 2045 §6.4: these must not be encoded, so the bytes given could not be sent as they are.
                violations.add(field, "of multipart and message types only message/rfc822 can be attached");
            }
        });
    }

    private static void checkPlacement(Field item, Field request, Set<String> contentIds, Violations violations) {
        Field contentId = item.member("contentId");
        if (item.member("inline").value().asBoolean()) {
            // A template may have html or not; without, it stands beside the text.
            if (!request.member("html").isPresent()
                    && !request.member("template").isPresent()) {
                violations.add(item.path(), "is inline, which needs 'html' to show it in");
            }
            if (!contentId.isPresent()) {
                violations.add(item.path(), "is inline, which needs a 'contentId' for the html to call it by");
            }
        }
        contentId
                .text()
                .filter(id -> !contentIds.add(id))
                .ifPresent(twice -> violations.add(contentId, "is there already"));
    }

    private static Attachment attachment(Field item, Attachment.Content content) {
        return new Attachment(
                item.member("filename").text().orElseThrow(),
                item.member("contentType").text(),
                content,
                item.member("inline").value().asBoolean(),
                item.member("contentId").text());
    }
}
