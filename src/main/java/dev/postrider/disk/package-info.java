/**
 * Files that survive what happens to a process and its machine: whole lines or none, on the disk when it is said so. And
 * files that others change while we run.
 */
package dev.postrider.disk;
