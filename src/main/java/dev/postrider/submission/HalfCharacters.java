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
            // One by one: the paths of a million values would be larger than they are.
            field.value().properties().forEach(member -> {
                String path = Field.path(field.path(), member.getKey());
                if (isIn(member.getKey())) {
                    violations.add(path, "its name holds half a surrogate pair, which is no character");
                }
                refuse(new Field(path, member.getValue()), violations);
            });
        } else if (field.value().isArray()) {
            for (int i = 0; i < field.value().size(); i++) {
                refuse(new Field(Field.path(field.path(), i), field.value().get(i)), violations);
            }
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
