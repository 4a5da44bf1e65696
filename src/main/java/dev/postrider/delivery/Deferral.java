package dev.postrider.delivery;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;

/**
 * The recipients of a request who are to be tried again; or all of them, when it is too early to try.
 *
 * @param history with the attempt that was just made, if one was, and those who are left
 * @param next when
 */
public record Deferral(Arrival arrival, History history, Schedule.Next next) {}
