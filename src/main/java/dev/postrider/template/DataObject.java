package dev.postrider.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** An object: its members by name; in a loop, its entries with {@code key} and {@code value}. */
record DataObject(String path, JsonNode node, Budget budget) implements DataValue, Iterable<Map.Entry<String, Object>> {

    @Override
    public boolean has(String name) {
        return node.has(name);
    }

    @Override
    public Object member(String name) {
        return DataValue.of(DataValue.path(path, name), node.get(name), budget);
    }

    @Override
    public Iterator<Map.Entry<String, Object>> iterator() {
        List<Map.Entry<String, Object>> entries = new ArrayList<>(node.size());
        node.fieldNames().forEachRemaining(name -> entries.add(new SimpleImmutableEntry<>(name, member(name))));
        return entries.iterator();
    }
}
