package dev.postrider.redrive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The sources of dead letters that a command looks at. For one thread. */
final class Sources implements AutoCloseable {

    private final List<DeadLetterSource> sources = new ArrayList<>();
    private final Selection selection;
    private int seen;

    private Sources(Selection selection) {
        this.selection = selection;
    }

    /** @throws RedriveFailure when there is nothing to look at, or what was named cannot be there */
    static Sources open(RedriveSettings settings, Selection selection) {
        Sources opened = new Sources(selection);
        boolean named = !selection.which().isEmpty();
        boolean inFolder = selection.which().stream().anyMatch(Place.InFolder.class::isInstance);
        boolean onTopic = selection.which().stream().anyMatch(Place.OnTopic.class::isInstance);
        try {
            if (selection.from().contains(Selection.From.TOPIC) && settings.onKafka() && (onTopic || !named)) {
                opened.sources.add(new TopicSource(new KafkaParts(settings)));
            }
            if (selection.from().contains(Selection.From.FOLDER)
                    && settings.folder().isPresent()
                    && (inFolder || !named)) {
                opened.sources.add(
                        new FolderSource(DeadLetterFiles.in(settings.folder().get())));
            }
            opened.requireAll(settings);
            return opened;
        } catch (RedriveFailure e) {
            opened.close();
            throw e;
        }
    }

    private void requireAll(RedriveSettings settings) {
        for (Place place : selection.which()) {
            if (sources.stream().noneMatch(source -> source.holds(place))) {
                throw new RedriveFailure(place + " is not within reach: "
                        + (place instanceof Place.InFolder
                                ? "postrider.folder.path is not set"
                                : "kafka.bootstrap.servers is not set, or dead letters are on another topic ("
                                        + settings.deadLettersTopic() + ")")
                        + ", or --from leaves it out");
            }
        }
        if (sources.isEmpty()) {
            throw new RedriveFailure(
                    "no dead letters to look at: set kafka.bootstrap.servers or postrider.folder.path, as for the"
                            + " application (config/application.properties is read from the working directory)");
        }
    }

    List<DeadLetterSource> all() {
        return List.copyOf(sources);
    }

    /** How many dead letters were looked at, whether they matched or not. */
    int seen() {
        return seen;
    }

    /** Shows those selected. */
    void each(BiConsumer<DeadLetterSource, Letter> visitor) {
        for (DeadLetterSource source : sources) {
            if (selection.which().isEmpty()) {
                source.all(letter -> look(source, letter, visitor));
            } else {
                source.some(selection.which(), letter -> look(source, letter, visitor));
            }
        }
    }

    private void look(DeadLetterSource source, Letter letter, BiConsumer<DeadLetterSource, Letter> visitor) {
        seen++;
        if (selection.filter().matches(letter.parked(), () -> recipients(letter))) {
            visitor.accept(source, letter);
        }
    }

    /** Whom a dead letter is for, even if it never came to a transaction. */
    static List<String> recipients(Letter letter) {
        return letter.parked().remaining().isEmpty()
                ? DeadLetterSource.request(letter).map(RequestTree::recipients).orElse(List.of())
                : letter.parked().remaining();
    }

    /** Those named that were not shown, each with the reason. */
    List<String> missing(Set<Place> shown) {
        List<String> missing = new ArrayList<>();
        for (Place place : new HashSet<>(selection.which())) {
            if (!shown.contains(place)) {
                sources.stream()
                        .filter(source -> source.holds(place))
                        .findFirst()
                        .ifPresent(source -> missing.add(place + "  " + source.missing(place)));
            }
        }
        missing.sort(null);
        return missing;
    }

    @Override
    public void close() {
        sources.forEach(DeadLetterSource::close);
    }
}
