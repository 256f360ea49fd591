package dev.hufu.rego.bundle;

import dev.hufu.rego.Value;
import dev.hufu.rego.builtin.BuiltinException;
import dev.hufu.rego.builtin.Encodings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** A file of a bundle. Immutable. */
public final class BundleFile {
    static final String MANIFEST = ".manifest";
    static final String SIGNATURES = ".signatures.json";

    private final String path;
    private final byte[] content;

    /** The content is taken over. */
    BundleFile(String path, byte[] content) {
        this.path = Objects.requireNonNull(path);
        this.content = content;
    }

    BundleFile(String path, String text) {
        this(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** From the bundle's root, without a slash in front: {@code a/b/policy.rego}. */
    public String path() {
        return path;
    }

    /** A copy. */
    public byte[] bytes() {
        return content.clone();
    }

    /** Not to be written to. */
    byte[] content() {
        return content;
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The directories around it, as {@code data} names them: without dots in front, as OPA reads them. */
    List<String> directory() {
        String around = path.substring(0, Math.max(0, path.lastIndexOf('/'))).replaceFirst("^[./]+", "");
        return around.isEmpty() ? List.of() : List.of(around.split("/"));
    }

    boolean isModule() {
        return path.endsWith(".rego");
    }

    boolean isData() {
        return isData(name());
    }

    static boolean isData(String name) {
        return name.equals("data.json") || name.equals("data.yaml") || name.equals("data.yml");
    }

    /** Whether a signature is of its value, not of its bytes. */
    boolean isStructured() {
        return isData() || name().equals(MANIFEST);
    }

    /** Whether reading a bundle parses it. */
    boolean isParsed() {
        return isModule() || isStructured() || name().equals(SIGNATURES);
    }

    boolean isYaml() {
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }

    /** A bound of how many values a document has: each but the first stands behind a mark, or in YAML on a line. */
    long marks() {
        long marks = 1;
        for (byte b : content) {
            if (b == ',' || b == ':' || b == '[' || b == '{' || (b == '\n' && isYaml())) {
                marks++;
            }
        }
        return marks;
    }

    String text() throws BundleException {
        String text = new String(content, StandardCharsets.UTF_8); // at a third of a decoder's memory
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try { // it may be written there
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return text;
        } catch (CharacterCodingException malformed) {
            throw malformed("it is not UTF-8");
        }
    }

    /** JSON's value, or YAML's where that is what it is. */
    Value value() throws BundleException {
        String text = text();
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            return Value.fromJson(plain);
        } catch (IllegalArgumentException notJson) {
            if (!isYaml()) {
                throw malformed(told(notJson));
            }
        }
        try {
            return Encodings.yaml(plain);
        } catch (BuiltinException malformed) {
            throw malformed(String.valueOf(malformed.getMessage()));
        }
    }

    private static String told(IllegalArgumentException notJson) {
        String what = String.valueOf(notJson.getMessage()).replaceAll(", from `[^`]*`", ""); // a setter of the parser's
        @Nullable
        TokenStreamLocation at = notJson.getCause() instanceof JacksonException jackson ? jackson.getLocation() : null;
        return at == null ? what : what + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private BundleException malformed(String what) {
        return new BundleException(
                BundleException.Code.MALFORMED, path, what + "; mend the file and build the bundle again");
    }
}
