/**
 * What we are asked to send. An {@link dev.postrider.submission.Arrival} is the bytes that came in at the door and
 * their {@link dev.postrider.submission.Origin}; {@link dev.postrider.submission.SubmissionReader} makes a
 * {@link dev.postrider.submission.Submission} of it or refuses it with an
 * {@link dev.postrider.submission.InvalidRequest} that names every fault by its place. A send request goes through
 * {@code RequestReader}, from the outside in: size, UTF-8 and JSON first, then the shape, which is
 * {@code config/send-request.schema.json} and stands nowhere else, and last what a schema cannot say: addresses, reserved
 * header fields, base64, files below the attachments root. A raw message goes through {@code RawMessageReader}: octets and
 * line ends first, then the fields of the header section, and last what they say. Either may come wrapped in an event, out
 * of which {@code EventReader} takes it. Whatever leaves this package is
 * therefore checked: no CR, LF or NUL reaches a header field or a command, every address is one RFC 5321 and RFC 6531
 * know, and the rest of the program asks none of these questions again. Plain Java: neither Camel nor the mail API is known
 * here, but for the one class that parses lists of addresses.
 */
package dev.postrider.submission;
