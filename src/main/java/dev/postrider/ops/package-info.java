/**
 * What those who run it look at: settings and what is wrong with them, health, counters. Also the place where the other
 * packages, most of them plain Java, are put together.
 */
package dev.postrider.ops;
