package dev.berth.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The keys of one YAML mapping, read with the type that is wanted. A key that is absent or null gives the empty value. */
final class YamlFields {
    private static final String RULE = "api.ImageMetadataTemplate";
    private static final int DEEPEST_MERGE = 10;

    private final YamlDocument document;
    private final Map<String, Node> values;

    YamlFields(YamlDocument document, Node node, String goType) throws FormatException {
        this.document = document;
        this.values = mapping(node, goType, DEEPEST_MERGE);
    }

    /** The text of a scalar exactly as written; empty when there is none. */
    String text(String key) throws FormatException {
        Node node = values.get(key);
        return node == null ? "" : document.spend(YamlScalars.text(node));
    }

    /** A number without its fraction; 0 when there is none. */
    long wholeNumber(String key) throws FormatException {
        Node node = values.get(key);
        return node == null ? 0 : YamlScalars.wholeNumber(node);
    }

    /** A boolean of YAML 1.1; false when there is none. */
    boolean truth(String key) throws FormatException {
        Node node = values.get(key);
        return node != null && YamlScalars.truth(node);
    }

    /** The values of a mapping, not yet looked at. */
    Map<String, Node> nodes(String key) throws FormatException {
        return mapping(values.get(key), "map[string]*" + RULE, DEEPEST_MERGE);
    }

    /** A template rule among {@link #nodes}. */
    YamlFields inner(Node rule) throws FormatException {
        return new YamlFields(document, rule, RULE);
    }

    /** A mapping of texts to texts. */
    Map<String, String> texts(String key) throws FormatException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : mapping(values.get(key), "map[string]string", DEEPEST_MERGE).entrySet()) {
            texts.put(entry.getKey(), document.spend(YamlScalars.text(entry.getValue())));
        }
        return texts;
    }

    /** A list of texts. */
    List<String> textList(String key) throws FormatException {
        Node node = values.get(key);
        if (node == null || YamlScalars.isNull(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode list)) {
            throw YamlScalars.mismatch(node, "[]string");
        }
        YamlDocument.checkKeys(list.getValue().size());
        List<String> texts = new ArrayList<>();
        for (Node item : list.getValue()) {
            texts.add(document.spend(YamlScalars.text(item)));
        }
        return texts;
    }

    private Map<String, Node> mapping(Node node, String goType, int mergesLeft) throws FormatException {
        if (node == null || YamlScalars.isNull(node)) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw YamlScalars.mismatch(node, goType);
        }
        YamlDocument.checkKeys(mapping.getValue().size());
        Map<String, Node> found = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (Tag.MERGE.equals(tuple.getKeyNode().getTag())) {
                found.putAll(merged(tuple.getValueNode(), goType, mergesLeft - 1));
            } else {
                found.put(document.spend(YamlScalars.text(tuple.getKeyNode())), tuple.getValueNode());
            }
        }
        return found;
    }

    /** What a {@code <<} key brings in: one mapping, or several of which the first has the last word. */
    private Map<String, Node> merged(Node node, String goType, int mergesLeft) throws FormatException {
        if (mergesLeft < 0) {
            throw new FormatException("yaml: merges are nested too deeply");
        }
        if (!(node instanceof SequenceNode list)) {
            return mapping(node, goType, mergesLeft);
        }
        Map<String, Node> found = new LinkedHashMap<>();
        for (int i = list.getValue().size() - 1; i >= 0; i--) {
            found.putAll(mapping(list.getValue().get(i), goType, mergesLeft));
        }
        YamlDocument.checkKeys(found.size());
        return found;
    }
}
