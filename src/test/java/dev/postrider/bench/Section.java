package dev.postrider.bench;

/** A part of the measurements that can be run for itself. */
interface Section {

    String name();

    /** Adds to the results; what it throws ends this section, and no other. */
    void run(Lab lab) throws Exception;

    /** For the report; empty when there is nothing to say. */
    String report(Lab lab);
}
