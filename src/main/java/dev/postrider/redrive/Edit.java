package dev.postrider.redrive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is changed in a request before it goes back. Only requests in JSON can be edited, and only what the edit concerns
 * is redriven: who gives one recipient another address does not mean the other requests.
 *
 * @param replaced recipients with a new address each
 * @param dropped recipients left out
 * @param set texts for fields of the request
 * @param unset fields of the request left out
 */
record Edit(Map<String, String> replaced, List<String> dropped, Map<String, String> set, List<String> unset) {

    /** Those with text that the relay has no part in. */
    static final List<String> FIELDS =
            List.of("from", "sender", "returnPath", "subject", "text", "html", "sendAt", "expiresAt", "onUnknown");

    static final Edit NONE = new Edit(Map.of(), List.of(), Map.of(), List.of());

    Edit {
        replaced = Map.copyOf(replaced);
        dropped = List.copyOf(dropped);
        set = Map.copyOf(set);
        unset = List.copyOf(unset);
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** What goes back; as it was, if nothing is to be edited. */
    Outgoing apply(Letter letter) throws Refused {
        if (isNone()) {
            return Outgoing.unchanged(letter);
        }
        RequestTree request = letter.content()
                .flatMap(RequestTree::read)
                .orElseThrow(() -> new Refused("only a send request in JSON can be edited"));
        RequestTree edited = new RequestTree(request.tree().deepCopy());
        List<String> remaining = recipients(letter.parked(), edited);
        set.forEach((field, text) -> edited.tree().put(field, text));
        unset.forEach(field -> edited.tree().remove(field));
        List<String> changes = Difference.between(request.tree(), edited.tree());
        if (changes.isEmpty()) {
            throw new Refused("the edit changes nothing in it");
        }
        // The default id is made of where a request stands and what it says; both are about to change.
        Optional<String> id =
                letter.parked().id().filter(known -> !edited.tree().hasNonNull("id"));
        id.ifPresent(known -> edited.tree().put("id", known));
        return new Outgoing(Optional.of(Json.bytes(edited.tree())), remaining, changes);
    }

    private List<String> recipients(Parked parked, RequestTree edited) throws Refused {
        if (replaced.isEmpty() && dropped.isEmpty()) {
            return parked.remaining();
        }
        List<String> before = parked.remaining().isEmpty() ? edited.recipients() : parked.remaining();
        List<String> named = edited.recipients();
        UnaryOperator<String> change = address -> {
            if (isIn(before, address)) {
                String successor = successor(address);
                // Who is named and not left over has the message; it is not sent to anybody twice.
                return isIn(named, successor) && !isIn(before, successor) ? "" : successor;
            }
            return address;
        };
        List<String> after = new ArrayList<>();
        for (String address : before) {
            String successor = change.apply(address);
            if (!successor.isEmpty() && !isIn(after, successor)) {
                after.add(successor.equals(address) ? address : Address.envelope(successor));
            }
        }
        if (after.equals(before)) {
            throw new Refused("none of the recipients to edit is left over in it");
        }
        if (after.isEmpty()) {
            throw new Refused("nobody would be left to send it to");
        }
        edited.changeRecipients(change);
        return parked.remaining().isEmpty() ? List.of() : after;
    }

    private static boolean isIn(List<String> addresses, String address) {
        return addresses.stream().anyMatch(known -> Address.same(known, address));
    }

    /** The new address, the old one, or "" for none. */
    private String successor(String address) {
        if (dropped.stream().anyMatch(drop -> Address.same(drop, address))) {
            return "";
        }
        return replaced.entrySet().stream()
                .filter(entry -> Address.same(entry.getKey(), address))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(address);
    }
}
