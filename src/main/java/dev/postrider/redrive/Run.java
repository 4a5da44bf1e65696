package dev.postrider.redrive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code redrive run}: looks at all of them first, to refuse, count and ask; then sends those chosen. Each run begins by
 * looking at what is still there, which is all it takes to go on after one that was interrupted.
 */
final class Run implements Redriving.Listener {

    private final Terminal terminal;
    private final RunOrder order;
    private final Mending mending;
    private final Map<DeadLetterSource, List<Place>> chosen = new LinkedHashMap<>();
    private final Set<Place> shown = new HashSet<>();
    private int count;
    private int refused;
    private Progress progress;

    Run(Terminal terminal, RunOrder order) {
        this.terminal = terminal;
        this.order = order;
        this.mending = new Mending(order.edit());
        this.progress = new Progress(terminal, 0);
    }

    ExitCode run(Sources sources) {
        if (order.mode() == RunOrder.Mode.DRY_RUN) {
            choose(sources);
            terminal.line(count + " would be redriven, " + refused + " refused; nothing was changed");
            return left();
        }
        Map<DeadLetterSource, Redriving> redrivings = new LinkedHashMap<>();
        try {
            // Before looking: from now on nobody else redrives what is chosen.
            sources.all().forEach(source -> redrivings.put(source, source.begin(this)));
            choose(sources);
            if (count > 1 && order.consent() == RunOrder.Consent.ASK) {
                if (!terminal.interactive()) {
                    terminal.note(
                            count + " dead letters would be redriven: say --yes, since there is no terminal to ask on");
                    return ExitCode.USAGE;
                }
                if (!terminal.confirmed("Redrive " + count + " dead letters?")) {
                    terminal.line("nothing was redriven");
                    return ExitCode.SOME_LEFT;
                }
            }
            return redrive(redrivings);
        } finally {
            redrivings.values().forEach(Redriving::close);
        }
    }

    private void choose(Sources sources) {
        sources.each((source, letter) -> {
            shown.add(letter.parked().place());
            if (count >= order.limit()) {
                return;
            }
            try {
                consider(source, letter);
                chosen.computeIfAbsent(source, first -> new ArrayList<>())
                        .add(letter.parked().place());
                count++;
            } catch (Refused e) {
                refused(letter.parked(), e.getMessage());
            }
        });
        sources.missing(shown).forEach(missing -> {
            refused++;
            terminal.line("refused  " + missing);
        });
    }

    private void consider(DeadLetterSource source, Letter letter) throws Refused {
        Parked parked = letter.parked();
        if (parked.redrives() >= order.maxRedrives()) {
            throw new Refused("it was redriven " + parked.redrives() + " times and came back; find out why, or raise"
                    + " --max-redrives");
        }
        if (order.mode() == RunOrder.Mode.DRY_RUN) {
            Outgoing outgoing = mending.apply(letter);
            String to =
                    outgoing.recipients().isEmpty() ? "all its recipients" : String.join(", ", outgoing.recipients());
            terminal.line("would redrive  " + parked.name() + "  to " + source.target(letter) + " for " + to);
            outgoing.changes().forEach(change -> terminal.line("    " + change));
        } else if (!order.edit().isNone()) {
            mending.apply(letter);
        }
    }

    private ExitCode redrive(Map<DeadLetterSource, Redriving> redrivings) {
        if (shown.isEmpty() && refused == 0) {
            terminal.line("no dead letter is chosen by that");
        }
        progress = new Progress(terminal, count);
        int refusedBefore = refused;
        try (Interruption interruption = new Interruption()) {
            try {
                chosen.forEach((source, places) -> {
                    Redriving redriving = redrivings.get(source);
                    source.some(places, letter -> {
                        interruption.check();
                        redrive(redriving, letter);
                    });
                    redriving.finish();
                });
            } catch (Interruption.Interrupted e) {
                progress.end();
                terminal.note("interrupted after " + progress.done() + " of " + count
                        + "; the same command goes on with the rest");
                return ExitCode.FAILED;
            } catch (RedriveFailure e) {
                progress.end();
                terminal.note("redriven " + progress.done() + " of " + count + " so far");
                throw e;
            }
            progress.end();
            int gone = count - progress.done() - (refused - refusedBefore);
            terminal.line("redriven " + progress.done() + ", refused " + refused + (gone == 0 ? "" : ", gone " + gone));
            return left();
        }
    }

    private void redrive(Redriving redriving, Letter letter) {
        try {
            redriving.redrive(letter, mending.apply(letter));
        } catch (Refused e) {
            refused(letter.parked(), e.getMessage());
        }
    }

    @Override
    public void redriven(int more) {
        progress.add(more);
    }

    @Override
    public void refused(Parked parked, String why) {
        refused++;
        terminal.line("refused  " + parked.name() + "  " + why);
    }

    private ExitCode left() {
        return refused == 0 ? ExitCode.DONE : ExitCode.SOME_LEFT;
    }
}
