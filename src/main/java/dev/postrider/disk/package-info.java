/** Files that survive what happens to a process and its machine: whole lines or none, on the disk when it is said so. */
package dev.postrider.disk;
