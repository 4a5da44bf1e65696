package dev.postrider.redrive;

import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command {@code redrive}: from its arguments to its exit code. What goes wrong is one line, never a stack. */
public final class RedriveCommand {

    private final Terminal terminal;

    RedriveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @return the exit code */
    public static int run(List<String> arguments) {
        // Kafka's clients tell of their settings at length; what matters comes as an exception.
        Logger root = LogManager.getLogManager().getLogger("");
        root.setLevel(Level.OFF);
        return new RedriveCommand(Terminal.ofThisProcess()).execute(arguments).code();
    }

    ExitCode execute(List<String> arguments) {
        try {
            ParseResult parsed = Syntax.commandLine().parseArgs(arguments.toArray(String[]::new));
            if (CommandLine.executeHelpRequest(parsed) != null) {
                return ExitCode.DONE;
            }
            if (!parsed.hasSubcommand()) {
                parsed.commandSpec().commandLine().usage(terminal.help());
                return ExitCode.USAGE;
            }
            return execute(parsed.subcommand());
        } catch (ParameterException e) {
            String command = e.getCommandLine().getCommandSpec().qualifiedName();
            terminal.note(e.getMessage() + " (see " + command + " --help)");
            return ExitCode.USAGE;
        } catch (RedriveFailure e) {
            terminal.note(e.getMessage());
            return ExitCode.FAILED;
        } catch (RuntimeException unforeseen) {
            terminal.note("a mistake in redrive itself: " + unforeseen);
            return ExitCode.FAILED;
        }
    }

    private ExitCode execute(ParseResult command) {
        Arguments arguments = new Arguments(command, Instant.now());
        Selection selection = arguments.selection();
        switch (command.commandSpec().name()) {
            case Syntax.LIST -> {
                try (Sources sources = Sources.open(RedriveSettings.read(), selection)) {
                    return new Listing(terminal, arguments.form()).list(sources);
                }
            }
            case Syntax.SHOW -> {
                if (selection.saysNothing()) {
                    throw arguments.wrong("say which: --id ID, or a place, as list shows them");
                }
                try (Sources sources = Sources.open(RedriveSettings.read(), selection)) {
                    return new Showing(terminal, arguments.form()).show(sources);
                }
            }
            default -> {
                RunOrder order = arguments.order();
                try (Sources sources = Sources.open(RedriveSettings.read(), selection)) {
                    return selection.saysNothing() ? whatThereIs(sources) : new Run(terminal, order).run(sources);
                }
            }
        }
    }

    private ExitCode whatThereIs(Sources sources) {
        int[] retryable = new int[1];
        sources.each((source, letter) -> retryable[0] += letter.parked().retryable() ? 1 : 0);
        terminal.note(
                sources.seen() + " dead letters could be redriven, " + retryable[0] + " of them retryable: say which"
                        + " by name or filter (--retryable), or --all; --dry-run shows what would be done");
        return ExitCode.USAGE;
    }
}
