/**
 * What becomes of a request. The relay's word on each recipient is a {@link dev.postrider.delivery.Disposition}; what was
 * not relayed is a {@link dev.postrider.delivery.DeadLetter}, stored on the topic or in the folder it came from; and only
 * when every recipient has a disposition that is stored, the source hears of it.
 */
package dev.postrider.delivery;
