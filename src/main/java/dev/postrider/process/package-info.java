/**
 * What all threads of ours have in common: each lives as long as the process, and an error that leaves the JVM in doubt
 * ends the process.
 */
package dev.postrider.process;
