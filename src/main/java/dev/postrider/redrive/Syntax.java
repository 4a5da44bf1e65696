package dev.postrider.redrive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The command line and its help. By picocli's programmatic interface: its annotations are read by reflection, of which a
 * native image would have to be told.
 */
final class Syntax {

    private static final String REDRIVE = "redrive";
    static final String LIST = "list";
    static final String SHOW = "show";
    static final String RUN = "run";

    static final List<String> REASONS = List.of(
            "invalid-request",
            "refused",
            "expired",
            "unknown",
            "duplicate-id",
            "too-large",
            "internal-error",
            "no-report");

    private static final String WHICH = "WHICH";
    private static final String WHICH_HELP =
            "A dead letter by its place, as list shows it: mail.dead-letters-0@17 or dead-letters/order.json.";

    private Syntax() {}

    static CommandLine commandLine() {
        CommandSpec redrive = command(REDRIVE, "Looks at dead letters, and sends them again.", "COMMAND")
                .addSubcommand(LIST, new CommandLine(list()))
                .addSubcommand(SHOW, new CommandLine(show()))
                .addSubcommand(RUN, new CommandLine(run()));
        redrive.usageMessage()
                .description(
                        "",
                        "Runs beside the application or without it, with the same settings: system properties,"
                                + " environment, config/application.properties in the working directory. It looks at"
                                + " the topic of dead letters if kafka.bootstrap.servers is set, and at the folder if"
                                + " postrider.folder.path is.",
                        "",
                        "A dead letter of the topic stays there, and the topic mail.redriven notes that it was"
                                + " redriven. One of the folder is moved. Either is redriven once, whoever interrupts"
                                + " the run; to go on, give the same command again.")
                .commandListHeading("%nCommands (each has its own --help):%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes())
                .footer(
                        "",
                        "Examples:",
                        "  redrive list --reason refused --since 2h",
                        "  redrive show mail.dead-letters-0@17",
                        "  redrive show --id order-17",
                        "  redrive run --retryable --dry-run",
                        "  redrive run --reply-code 4 --recipient-domain example.org --yes",
                        "  redrive run dead-letters/order.json --set-recipient adda@example.org=ada@example.org");
        return new CommandLine(redrive);
    }

    /** In this order, which {@code Map.of} would not keep. */
    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put(" 0", "what was asked for is done");
        codes.put(" 1", "some of it was refused or is not there");
        codes.put(" 2", "the command line is wrong or says too little");
        codes.put(" 3", "settings, brokers, disk or another run are in the way");
        return codes;
    }

    private static CommandSpec list() {
        return command(LIST, "Lists dead letters that were not redriven.", "[FILTERS] [--json] [WHICH...]")
                .addPositional(which())
                .addOption(flag("--json", "One JSON object a line, for machines."))
                .addArgGroup(group("Filters; of several all have to fit, of several values of one any:", filters()));
    }

    private static CommandSpec show() {
        return command(
                        SHOW,
                        "Shows all that is known of dead letters, and the requests.",
                        "[--json] --id=ID | WHICH...")
                .addPositional(which())
                .addOption(id())
                .addOption(from())
                .addOption(flag("--json", "One JSON object a line, for machines."));
    }

    private static CommandSpec run() {
        return command(
                        RUN,
                        "Redrives dead letters: those named, those the filters let pass, or --all.",
                        "[FILTERS] [EDITS] [--dry-run] [--yes] [--limit=N] [--max-redrives=N] [--all | WHICH...]")
                .addPositional(which())
                .addOption(flag("--all", "All of them; needed if neither names nor filters are given."))
                .addOption(flag("--dry-run", "Only say what would be redriven, and what an edit would change."))
                .addOption(flag("--yes", "Do not ask. Needed for more than one where there is no terminal."))
                .addOption(number("--limit", Integer.MAX_VALUE)
                        .description("Not more than so many.")
                        .build())
                .addOption(number("--max-redrives", RunOrder.MAX_REDRIVES)
                        .description("Refuse those that were redriven so often and came back (${DEFAULT-VALUE}).")
                        .build())
                .addArgGroup(group("Filters; of several all have to fit, of several values of one any:", filters()))
                .addArgGroup(group("Edits; what they do not change is not redriven:", edits()));
    }

    private static List<OptionSpec> edits() {
        return List.of(
                many("--set-recipient", "OLD=NEW")
                        .description("Send it to another address. Only those who do not have it yet can be replaced.")
                        .build(),
                many("--drop-recipient", "ADDRESS")
                        .description("Leave a recipient out.")
                        .build(),
                many("--edit", "FIELD=TEXT")
                        .description(
                                "Give a field of the request another text: " + String.join(", ", Edit.FIELDS) + ".")
                        .build(),
                many("--unset", "FIELD")
                        .description("Leave a field of the request out, such as one that is misspelt.")
                        .build());
    }

    private static List<OptionSpec> filters() {
        return List.of(
                from(),
                several("--reason", "REASON")
                        .description("One of " + String.join(", ", REASONS) + ".")
                        .build(),
                several("--reply-code", "CODE")
                        .description("What the relay replied: 451, or 4 for all of 4yz.")
                        .build(),
                several("--enhanced-code", "CODE")
                        .description("Its enhanced status code: 5.1.1, or a pattern such as '4.7.*'.")
                        .build(),
                several("--recipient-domain", "DOMAIN")
                        .description("The domain of a recipient left over, or a pattern such as '*.example.org'.")
                        .build(),
                one("--since", "WHEN")
                        .description("Failed then or later: 2026-03-01T04:00:00Z, or 2h for two hours ago.")
                        .build(),
                one("--until", "WHEN").description("Failed before then.").build(),
                id(),
                flag("--retryable", "Those where sending the same again makes sense."));
    }

    private static CommandSpec command(String name, String header, String synopsis) {
        CommandSpec command = CommandSpec.create().name(name);
        command.usageMessage()
                .header(header, "")
                .customSynopsis("redrive " + (name.equals(REDRIVE) ? "" : name + " ") + synopsis, "")
                .sortOptions(false)
                .width(100);
        return command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this.")
                .build());
    }

    /** For the help alone: what belongs together stands together. */
    private static ArgGroupSpec group(String heading, List<OptionSpec> options) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().heading("%n" + heading + "%n").validate(false);
        options.forEach(group::addArg);
        return group.build();
    }

    private static OptionSpec from() {
        return one("--from", "SOURCE")
                .description("Look at the topic or the folder only.")
                .build();
    }

    private static OptionSpec id() {
        return many("--id", "ID")
                .description("The id of the request, or a pattern such as 'order-*'.")
                .build();
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).description(description).build();
    }

    private static OptionSpec.Builder one(String name, String label) {
        return OptionSpec.builder(name).paramLabel(label).arity("1").type(String.class);
    }

    private static OptionSpec.Builder number(String name, int standard) {
        return one(name, "N").type(int.class).defaultValue(Integer.toString(standard));
    }

    private static OptionSpec.Builder many(String name, String label) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class);
    }

    /** Repeated, or separated by commas. */
    private static OptionSpec.Builder several(String name, String label) {
        return many(name, label).splitRegex(",");
    }

    private static PositionalParamSpec which() {
        return PositionalParamSpec.builder()
                .paramLabel(WHICH)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(WHICH_HELP)
                .build();
    }
}
