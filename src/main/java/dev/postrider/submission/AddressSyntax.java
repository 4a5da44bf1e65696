package dev.postrider.submission;

import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.EmailValidationResult;
import com.sanctionco.jmail.JMail;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which addresses are accepted: {@code Local-part "@" Domain} of RFC 5321 §4.1.2, in any script (RFC 6531 §3.3).
 *
 * <p>JMail knows the grammar of RFC 5322, which is wider: comments, folding white space, a bare backslash as quote,
 * source routes. Those have no place in MAIL and RCPT, where every relay reads them differently; so what JMail takes
 * apart must also be all there was.
 */
public final class AddressSyntax {

    /** RFC 5321 §4.5.3.1.3: a path has at most 256 octets, two of which are its angle brackets. */
    private static final int MOST_OCTETS = 254;

    /** RFC 5321 §4.5.3.1.1. */
    private static final int MOST_LOCAL_OCTETS = 64;

    /** Characters that can be seen: neither spaces nor the format characters that turn or hide their neighbours. */
    private static final String BEYOND_ASCII = "[\\x{A0}-\\x{10FFFF}&&[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]]";

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-" + BEYOND_ASCII + "]+";

    private static final String QUOTED = "\"([ !#-\\[\\]-~" + BEYOND_ASCII + "]|\\\\[ -~])+\"";

    /**
     * Dot-string or Quoted-string. Only for the 64 octets allowed: on long input its groups would exhaust the stack.
     */
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(\\." + ATOM + ")*|" + QUOTED);

    /** Letters, digits, hyphens and dots; JMail lets a space or a line break at the edge of a label pass. */
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.\\-" + BEYOND_ASCII + "]+");

    private AddressSyntax() {}

    /** What is wrong with the address; empty if nothing is. */
    public static Optional<String> faultOf(String address) {
        if (octets(address) > MOST_OCTETS) {
            return Optional.of("not an address: more than " + MOST_OCTETS + " octets (RFC 5321 §4.5.3.1.3)");
        }
        try {
            EmailValidationResult result = JMail.validate(address);
            return result.getEmail().map(email -> faultOf(address, email)).orElseGet(() -> Optional.of(reason(result)));
        } catch (RuntimeException dueToTheDomain) {
            // java.net.IDN throws on labels that cannot exist, JMail 2.2.2 on a last label such as "b-\n".
            return Optional.of("not an address: invalid domain");
        }
    }

    /** Whether it can be said in SMTP as it always was; other text needs SMTPUTF8 (RFC 6531). */
    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> faultOf(String address, Email email) {
        String local = email.localPartWithoutComments();
        String domain = email.domainWithoutComments();
        String fault = null;
        if (email.isIpAddress()) {
            // RFC 5321 §4.1.3 has them; but they ask the relay to connect to a host of the requester's choosing,
            // in our network or out of it, past the DNS and whatever the relay's operator decided there.
            fault = "address literals are not accepted, name a domain";
        } else if (!address.equals(local + "@" + domain)) {
            fault = "a bare local@domain is asked for: no comment, source route or angle brackets";
        } else if (octets(local) > MOST_LOCAL_OCTETS) {
            fault = "not an address: more than " + MOST_LOCAL_OCTETS + " octets before the @ (RFC 5321 §4.5.3.1.1)";
        } else if (!LOCAL_PART.matcher(local).matches()) {
            fault = "not an address: neither dot-string nor quoted string before the @ (RFC 5321 §4.1.2)";
        } else if (!DOMAIN.matcher(domain).matches()) {
            fault = "not an address: invalid domain character";
        } else if (!Stream.of(domain.split("\\.")).allMatch(AddressSyntax::isItself)) {
            fault = "the domain is ambiguous, write it in its ASCII form (xn--…)";
        } else if (octets(local + "@" + ascii(domain)) > MOST_OCTETS) {
            fault = "not an address: more than " + MOST_OCTETS + " octets with the domain in ASCII";
        }
        return Optional.ofNullable(fault);
    }

    /**
     * Whether a label is the one that will be looked up. IDNA 2003, which the JDK has, silently turns ß into ss and
     * a full-width letter into its narrow twin: another domain, with another owner.
     */
    private static boolean isItself(String label) {
        if (isAscii(label)) {
            return true;
        }
        String lowerCase = label.toLowerCase(Locale.ROOT);
        // The Kelvin sign has a lower case too, the ASCII k, and the dotted capital I has one of two characters.
        return Normalizer.isNormalized(label, Normalizer.Form.NFC)
                && lowerCase.length() == label.length()
                && IDN.toUnicode(ascii(label), IDN.ALLOW_UNASSIGNED).equals(lowerCase);
    }

    private static String ascii(String domain) {
        return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
    }

    private static String reason(EmailValidationResult result) {
        String reason = result.getFailureReason().toString().toLowerCase(Locale.ROOT);
        return "not an address: " + reason.replace('_', ' ');
    }

    private static int octets(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }
}
