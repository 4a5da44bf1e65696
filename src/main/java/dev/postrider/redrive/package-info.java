/**
 * The command {@code redrive}: sends dead letters again. It runs beside the application or without it, as plain Java:
 * {@link dev.postrider.redrive.RedriveCommand} reads the command line, a {@code DeadLetterSource} (topic or folder) shows
 * what is parked there, a {@code Filter} chooses, an {@code Edit} mends, and a {@code Redriving} sends each one back, once:
 * on Kafka by transactions, in the folder by a rename.
 */
package dev.postrider.redrive;
