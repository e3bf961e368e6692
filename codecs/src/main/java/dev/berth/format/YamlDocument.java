package dev.berth.format;

import java.io.ByteArrayInputStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A parsed YAML document as a tree of nodes, with a budget for the text taken out of it: without aliases no more text
 * can come out than went in, so a document that gives more is a bomb.
 */
final class YamlDocument {
    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 50;
    private static final int MOST_KEYS = 10_000;

    private final Node root;
    private int textLeft;

    private YamlDocument(Node root, int textLeft) {
        this.root = root;
        this.textLeft = textLeft;
    }

    /** Parses the first document; what follows it is not looked at. */
    static YamlDocument first(byte[] yaml, InspectLimits limits) throws FormatException {
        Composer documents = documents(yaml, options(limits));
        try {
            if (!documents.checkNode()) {
                throw new FormatException("EOF");
            }
            return new YamlDocument(documents.getNode(), limits.metadataBytes());
        } catch (MarkedYAMLException e) {
            throw new FormatException("yaml: line " + line(e) + ": " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new FormatException("yaml: " + e.getMessage(), e);
        }
    }

    /** The document as a mapping; {@code null} documents have no keys. */
    YamlFields fields(String goType) throws FormatException {
        return new YamlFields(this, root, goType);
    }

    /** Takes a text out of the document. */
    String spend(String text) throws FormatException {
        textLeft -= text.length();
        if (textLeft < 0) {
            throw new FormatException("yaml: document contains excessive aliasing");
        }
        return text;
    }

    /** Checks the number of keys of one mapping. */
    static void checkKeys(int keys) throws FormatException {
        if (keys > MOST_KEYS) {
            throw new FormatException("metadata.yaml must have at most " + MOST_KEYS + " entries in one mapping, got more");
        }
    }

    private static Composer documents(byte[] yaml, LoaderOptions options) {
        StreamReader text = new StreamReader(new UnicodeReader(new ByteArrayInputStream(yaml)));
        return new Composer(new YamlEvents(new ParserImpl(text, options)), new Resolver(), options);
    }

    private static LoaderOptions options(InspectLimits limits) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(limits.metadataBytes());
        options.setProcessComments(false);
        return options;
    }

    private static int line(MarkedYAMLException e) {
        return e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
    }
}
