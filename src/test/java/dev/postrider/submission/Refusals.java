package dev.postrider.submission;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the author of a bad request is told, for tests. Their JSON is written with single quotes. */
final class Refusals {

    private Refusals() {}

    static String of(RequestReader reader, String json) {
        return of(reader, Arrivals.record(json.replace('\'', '"')));
    }

    static String of(RequestReader reader, Arrival arrival) {
        return catchThrowableOfType(InvalidRequest.class, () -> reader.read(arrival))
                .getMessage();
    }

    static String of(SubmissionReader reader, Arrival arrival) {
        return catchThrowableOfType(InvalidRequest.class, () -> reader.read(arrival))
                .getMessage();
    }
}
