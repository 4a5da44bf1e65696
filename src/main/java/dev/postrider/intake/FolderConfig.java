package dev.postrider.intake;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The watched folder: {@code postrider.folder.*}. It is on when a path is given. */
public interface FolderConfig {

    /** Holds {@code inbox/}, {@code .work/}, {@code .done/} and {@code dead-letters/}; all on one file system. */
    Optional<Path> path();

    /** How often {@code inbox/} is looked into while it is empty. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** How long a file has to be left alone before it is taken; 0 for those who rename into {@code inbox/}. */
    @WithDefault("0s")
    Duration settleTime();

    /**
     * Which names in {@code inbox/} are left alone, as globs: files that programs write under another name first. So are names
     * that begin with a dot, whatever stands here.
     */
    @WithDefault("*.part,*.filepart,*.tmp,*.crdownload,*.swp,*~,#*#")
    Optional<List<String>> ignore();

    /**
     * While less than this is free on the disk of the folder no file is taken: what is relayed has to be noted there, or it is
     * relayed again after a restart.
     */
    @WithDefault("16M")
    MemorySize minFree();

    /** How long a file stays in {@code .done/} after it was relayed; then it is removed. */
    @WithDefault("7d")
    Duration keepDone();
}
