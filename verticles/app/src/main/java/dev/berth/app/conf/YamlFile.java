package dev.berth.app.conf;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Flattens a YAML file to dotted keys with the line of each value.
 *
 * <p>Works on the node tree, where lines are still known and no type was guessed: {@code 3.10} stays {@code 3.10}. A
 * list becomes its items joined by commas; a key without a value means its default.
 */
final class YamlFile {
    private final Path file;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<String> findings = new ArrayList<>();

    private YamlFile(Path file) {
        this.file = file;
    }

    static Map<String, Setting> read(Path file) throws BadSetting {
        YamlFile yaml = new YamlFile(file);
        yaml.load();
        if (!yaml.findings.isEmpty()) {
            throw new BadSetting(yaml.findings);
        }
        return yaml.settings;
    }

    private void load() {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Node root = new Yaml(new LoaderOptions()).compose(reader);
            if (root != null && !isEmpty(root)) {
                walk("", root);
            }
        } catch (NoSuchFileException e) {
            findings.add(file + ": expected a file with settings, found nothing there");
        } catch (IOException e) {
            findings.add(file + ": expected a readable file with settings, got " + e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            findings.add(file + ":" + line + ": expected YAML, got " + e.getProblem());
        } catch (YAMLException e) {
            findings.add(file + ": expected YAML, got " + e.getMessage());
        }
    }

    private void walk(String path, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            findings.add(at(node) + ": expected keys and values, got \"" + text(node) + "\"");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = path + text(tuple.getKeyNode());
            visit(key, tuple);
        }
    }

    private void visit(String key, NodeTuple tuple) {
        Node value = tuple.getValueNode();
        if (value instanceof MappingNode) {
            walk(key + ".", value);
        } else if (!isEmpty(value)) {
            Setting earlier = settings.putIfAbsent(key, new Setting(text(value), at(tuple.getKeyNode())));
            if (earlier != null) {
                findings.add(at(tuple.getKeyNode()) + ": " + key + ": expected each key once, it is also at "
                        + earlier.origin());
            }
        }
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String text(Node node) {
        if (node instanceof SequenceNode list) {
            return String.join(",", list.getValue().stream().map(YamlFile::text).toList());
        }
        return node instanceof ScalarNode scalar ? scalar.getValue() : "a nested mapping";
    }

    private String at(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }
}
