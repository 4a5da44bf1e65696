/**
 * DKIM signatures (RFC 6376, RFC 8463, RFC 8301), in plain Java: who signs for a domain is for {@code SigningDomains}, what
 * is signed for {@code SignedFields}, in which form for {@code HeaderSection} and {@code RelaxedBody}, and how it looks for
 * {@code SignatureField}. A message is read once, as it is written into an {@code Imprint}, and never held as a whole for
 * the sake of its signature. Why none of the libraries: docs/decisions/0010.
 */
package dev.postrider.dkim;
