/**
 * What we are asked to send. An {@link dev.postrider.submission.Arrival} is the bytes that came in at the door and
 * their {@link dev.postrider.submission.Origin}; {@link dev.postrider.submission.RequestReader} makes a
 * {@link dev.postrider.submission.SendRequest} of it or refuses it with an
 * {@link dev.postrider.submission.InvalidRequest} that names every fault by its JSON path. It goes from the outside in:
 * size, UTF-8 and JSON first, then the shape, which is {@code config/send-request.schema.json} and stands nowhere else,
 * and last what a schema cannot say: addresses, reserved header fields, base64, files below the attachments root.
 * Whatever leaves this package is therefore checked: no CR, LF or NUL reaches a header field or a command, every
 * address is one RFC 5321 and RFC 6531 know, and the rest of the program asks none of these questions again. Plain
 * Java: neither Camel nor the mail API is known here.
 */
package dev.postrider.submission;
