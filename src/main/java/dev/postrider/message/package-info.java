/**
 * What we make of a send request: a message as RFC 5322 and MIME (RFC 2045 to 2049) want it, ready for the relay.
 *
 * <p>{@link dev.postrider.message.MessageComposer} is the way in and {@link dev.postrider.message.ComposedMessage} the
 * way out; between them {@link dev.postrider.message.MessageSigner} signs what will be written. A message that is one already
 * goes through {@link dev.postrider.message.RawComposer} instead, and stays what it is. The header section is written by {@code UnstructuredField}, {@code AddressField} and {@code MessageId}, all
 * folding through {@code Folding}; the body is a tree of {@code Entity}, planned in {@code BodyPlan}; the transfer
 * encodings, the streams and the multiparts themselves are Jakarta Mail's. Every octet is 7-bit and every line within
 * 998 characters, with one exception: a local part outside ASCII has no other form than UTF-8 (RFC 6532 §3.2), and a message
 * with one in its header section is composed twice, in each {@code Script}, for relays that take UTF-8 and for those that do
 * not. Nothing here opens a connection, and nothing depends on a mail cap, a service file or the thread, so
 * that it does the same in a native image.
 */
package dev.postrider.message;
