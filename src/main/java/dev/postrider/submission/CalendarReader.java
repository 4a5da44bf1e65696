package dev.postrider.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a calendar object as far as a mail client has to before it shows an invitation: one VCALENDAR, whole, of the
 * version everybody speaks, with something in it and the method that was announced. What the meeting is about is not
 * looked at, see docs/decisions/0011-calendar-checked-in-outline.md.
 */
final class CalendarReader {

    private static final String CALENDAR = "VCALENDAR";

    private final List<String> open = new ArrayList<>();
    private final List<String> methods = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private int components;

    private CalendarReader() {}

    /** Empty if there is none to read, or a violation. */
    static Optional<Calendar> read(Field field, Violations violations) {
        if (!field.isPresent()) {
            return Optional.empty();
        }
        String method = field.member("method").text().orElseThrow();
        Field content = field.member("content");
        try {
            CalendarLines lines = CalendarLines.of(content.text().orElseThrow());
            new CalendarReader().check(lines.unfolded(), method);
            return Optional.of(new Calendar(method, lines.written()));
        } catch (CalendarFault fault) {
            // Not what stands there: an invitation is as private as a letter.
            violations.add(content.path(), fault.getMessage());
            return Optional.empty();
        }
    }

    private void check(List<CalendarLines.ContentLine> lines, String method) throws CalendarFault {
        if (!lines.get(0).is("BEGIN", CALENDAR)) {
            throw new CalendarFault("does not begin with BEGIN:VCALENDAR");
        }
        for (CalendarLines.ContentLine line : lines) {
            read(line);
        }
        if (!open.isEmpty()) {
            throw new CalendarFault("ends without END:" + open.get(open.size() - 1));
        }
        // RFC 5545 §3.6: VERSION once, and one component at least.
        if (!versions.equals(List.of("2.0"))) {
            throw new CalendarFault("needs VERSION:2.0 (RFC 5545 §3.7.4)");
        }
        if (components == 0) {
            throw new CalendarFault("has no component, such as VEVENT (RFC 5545 §3.6)");
        }
        // RFC 6047 §2.4: both have to say the same; some clients believe the one, some the other.
        if (!methods.equals(List.of(method))) {
            throw new CalendarFault(
                    methods.isEmpty()
                            ? "needs METHOD:" + method + ", as in 'method'"
                            : "its METHOD is not the " + method + " of 'method'");
        }
    }

    private void read(CalendarLines.ContentLine line) throws CalendarFault {
        if (open.isEmpty() && line.number() > 1) {
            throw new CalendarFault("goes on after END:VCALENDAR, line " + line.number());
        }
        String value = line.value().toUpperCase(Locale.ROOT);
        switch (line.name()) {
            case "BEGIN" -> {
                components += open.size() == 1 ? 1 : 0;
                open.add(value);
            }
            case "END" -> {
                if (!open.remove(open.size() - 1).equals(value)) {
                    throw new CalendarFault("an END without its BEGIN, line " + line.number());
                }
            }
            case "METHOD" -> ofTheCalendar(value, methods);
            case "VERSION" -> ofTheCalendar(value, versions);
            default -> {}
        }
    }

    private void ofTheCalendar(String value, List<String> values) {
        if (open.size() == 1) {
            values.add(value);
        }
    }
}
