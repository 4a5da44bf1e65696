package dev.postrider.submission;

/**
 * JSON can escape one half of a surrogate pair, {@code "\ud83d"}; that is no character, and UTF-8 cannot carry it on.
 */
final class HalfCharacters {

    private HalfCharacters() {}

    /** Whether an escape begins as those of surrogates do. UTF-8 that is not malformed holds none unescaped. */
    static boolean mayBeIn(byte[] json) {
        for (int i = 1; i < json.length - 1; i++) {
            if (json[i] == 'u' && json[i - 1] == '\\' && (json[i + 1] | 0x20) == 'd') {
                return true;
            }
        }
        return false;
    }

    /** Looks through all names and strings below the field. */
    static void refuse(Field field, Violations violations) {
        if (field.value().isTextual() && isIn(field.value().textValue())) {
            violations.add(field.path(), "holds half a surrogate pair, which is no character");
        } else if (field.value().isObject()) {
            field.members().forEach((name, member) -> {
                if (isIn(name)) {
                    violations.add(member.path(), "its name holds half a surrogate pair, which is no character");
                }
                refuse(member, violations);
            });
        } else if (field.value().isArray()) {
            field.items().forEach(item -> refuse(item, violations));
        }
    }

    private static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!paired) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
