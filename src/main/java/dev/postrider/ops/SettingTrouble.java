package dev.postrider.ops;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with the settings: the key, and what it accepts. */
final class SettingTrouble {

    private static final Pattern MISSING = Pattern.compile("property (\\S+) is required but it could not be found");
    private static final Pattern EMPTY = Pattern.compile("property (\\S+) is defined as the empty String");
    private static final Pattern UNKNOWN = Pattern.compile("(\\S+) in (.+) does not map to any root");
    private static final Pattern WRONG = Pattern.compile(
            "property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted ?(.*)",
            Pattern.DOTALL);

    private static final Pattern FILE = Pattern.compile("\\[source=(?:file:)?([^]]+)](?::(\\d+))?");

    static final String A_DURATION = "a duration is a number with a unit: 500ms, 10s, 5m";

    private SettingTrouble() {}

    static String explain(ConfigValidationException invalid) {
        Set<String> problems = new LinkedHashSet<>();
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            problems.add(explain(StartupFailure.oneLine(invalid.getProblem(i).getMessage())));
        }
        return String.join("; ", problems);
    }

    static String explain(String problem) {
        Matcher missing = MISSING.matcher(problem);
        if (missing.find()) {
            return missing.group(1) + " has to be set";
        }
        Matcher empty = EMPTY.matcher(problem);
        if (empty.find()) {
            return empty.group(1) + " has to be set (it is empty)";
        }
        Matcher unknown = UNKNOWN.matcher(problem);
        if (unknown.find()) {
            return unknown.group(1) + " is no setting (" + guess(unknown.group(1)) + " given " + place(unknown.group(2))
                    + ")";
        }
        Matcher wrong = WRONG.matcher(problem);
        if (wrong.find()) {
            boolean secret = wrong.group(1).contains("password");
            return wrong.group(1) + "=" + (secret ? "***" : wrong.group(2)) + " is not accepted: "
                    + expected(wrong.group(3));
        }
        return problem;
    }

    private static String guess(String key) {
        boolean bare = key.startsWith("postrider.dkim.domains.") && !key.contains("\"");
        return bare
                ? "the domain stands in quotes, as in postrider.dkim.domains.\"shop.example\".keys.2026;"
                : SettingNames.nearest(key)
                        .map(known -> "did you mean " + known + "?")
                        .orElse("misspelt?");
    }

    private static String expected(String problem) {
        return problem.contains("Duration")
                ? A_DURATION
                : problem.replaceAll(" to enum class \\S+,", ";").replaceAll("^SRCFG\\d+: ", "");
    }

    static String place(ConfigValue value) {
        return place(value.getConfigSourceName() + (value.getLineNumber() < 0 ? "" : ":" + value.getLineNumber()));
    }

    /** Where an operator finds it; the configuration names its sources after its own classes. */
    private static String place(String source) {
        if (source.startsWith("SysPropConfigSource")) {
            return "as a system property";
        }
        Matcher file = FILE.matcher(source);
        if (file.find()) {
            return "in " + file.group(1) + (file.group(2) == null ? "" : ", line " + file.group(2));
        }
        return source.startsWith("EnvConfigSource") ? "in the environment" : "in " + source;
    }
}
