package dev.postrider.submission;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads which reports are asked for. The words are the schema's; here is looked at what they say together. */
final class DsnReader {

    private DsnReader() {}

    /**
     * Empty if there is nothing to read, or a violation.
     *
     * @param id of the request; it names the message in the reports too, where they can carry it
     */
    static Optional<Dsn> read(Field field, Optional<String> returnPath, String id, Violations violations) {
        if (!field.isPresent()) {
            return Optional.empty();
        }
        Field notify = field.member("notify");
        List<Dsn.Notify> words = notify.items().stream()
                .map(item -> Dsn.Notify.valueOf(item.text().orElseThrow().toUpperCase(Locale.ROOT)))
                .toList();
        Field envid = field.member("envid");
        if (words.contains(Dsn.Notify.NEVER) && words.size() > 1) {
            violations.add(notify.path(), "'never' stands alone (RFC 3461 §4.1)");
            return Optional.empty();
        }
        if (envid.isPresent() && !Dsn.isEnvid(envid.text().orElseThrow())) {
            // The schema has counted what is asked for; on the line "+", "=" and a space take three characters each.
            violations.add(envid, "more than 100 characters as xtext (RFC 3461 §4.4)");
            return Optional.empty();
        }
        Dsn dsn = new Dsn(
                words,
                field.member("return").text().map(word -> word.equals("full") ? Dsn.Returned.FULL : Dsn.Returned.HDRS),
                envid.text().or(() -> Optional.of(id).filter(Dsn::isEnvid)));
        if (dsn.wantsReports() && returnPath.filter(String::isEmpty).isPresent()) {
            // RFC 5321 §6.1: nothing is ever reported to the null path. Who asks for both has mistaken one of them.
            violations.add(
                    notify.path(), "only ['never'] goes with the null 'returnPath', to which nothing is returned");
        }
        return Optional.of(dsn);
    }
}
