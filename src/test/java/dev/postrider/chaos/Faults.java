package dev.postrider.chaos;

import java.util.ArrayList;
import java.util.List;

/** All that goes wrong, in the order of the table. */
final class Faults {

    private Faults() {}

    static List<Fault> of(ChaosSettings settings) {
        List<Fault> faults = new ArrayList<>();
        faults.add(Fault.of("nothing", world -> {}));
        faults.addAll(CrashFaults.of(settings));
        faults.addAll(BrokerFaults.of(settings));
        faults.addAll(RelayFaults.of(settings));
        faults.addAll(DialogueFaults.of(settings));
        faults.addAll(HostFaults.of(settings));
        faults.add(Fault.of("poison among good ones", world -> {}));
        return faults.stream()
                .filter(fault -> fault.name().matches(".*(" + settings.only() + ").*"))
                .toList();
    }

    /** How many of the requests are for this one. */
    static int share(ChaosSettings settings, Fault fault) {
        int weights = of(settings).stream().mapToInt(Fault::weight).sum();
        return settings.requests() * fault.weight() / weights;
    }
}
