package dev.postrider.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractList;
import java.util.Optional;
import java.util.regex.Pattern;

/** A list: {@code size}, {@code isEmpty}, {@code first}, {@code last}, and an entry by its number, counted from 0. */
final class DataList extends AbstractList<Object> implements DataValue {

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,8}");

    private final String path;
    private final JsonNode node;
    private final Budget budget;

    DataList(String path, JsonNode node, Budget budget) {
        this.path = path;
        this.node = node;
        this.budget = budget;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Budget budget() {
        return budget;
    }

    @Override
    public boolean has(String name) {
        return name.equals("size") || name.equals("isEmpty") || index(name).isPresent();
    }

    @Override
    public Object member(String name) {
        return switch (name) {
            case "size" -> size();
            case "isEmpty" -> isEmpty();
            default -> get(index(name).orElseThrow());
        };
    }

    private Optional<Integer> index(String name) {
        int index = switch (name) {
            case "first" -> 0;
            case "last" -> size() - 1;
            default -> INDEX.matcher(name).matches() ? Integer.parseInt(name) : -1;
        };
        return index >= 0 && index < size() ? Optional.of(index) : Optional.empty();
    }

    @Override
    public Object get(int index) {
        return DataValue.of(path + "[" + index + "]", node.get(index), budget);
    }

    // Of Mapper and of List, by its name only.
    @Override
    public Object get(String name) {
        return has(name) ? member(name) : null;
    }

    @Override
    public int size() {
        return node.size();
    }
}
