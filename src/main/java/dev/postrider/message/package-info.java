/**
 * What we make of a send request: a message as RFC 5322 and MIME (RFC 2045 to 2049) want it, ready for the relay.
 *
 * <p>{@link dev.postrider.message.MessageComposer} is the way in and {@link dev.postrider.message.ComposedMessage} the
 * way out; between them {@link dev.postrider.message.MessageSigner} signs what will be written. A message that is one already
 * goes through {@link dev.postrider.message.RawComposer} instead, and stays what it is. The header section is written by {@code UnstructuredField}, {@code AddressField} and {@code MessageId}, all
 * folding through {@code Folding}; the body is a tree of {@code Entity}, planned in {@code BodyPlan}; the transfer
 * encodings, the streams and the multiparts themselves are Jakarta Mail's. Every octet is 7-bit and every line within
 * 998 characters, with one exception: a local part outside ASCII stays what it is, because no other form of it exists
 * (RFC 6531 §3.3). Nothing here opens a connection, and nothing depends on a mail cap, a service file or the thread, so
 * that it does the same in a native image.
 */
package dev.postrider.message;
