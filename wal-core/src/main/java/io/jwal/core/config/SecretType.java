package io.jwal.core.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jwal.store.Secret;

/** Text that no message repeats. */
final class SecretType implements ScalarType {
    @Override
    public String expected() {
        return "text, such as ${NAME} to take it from the environment";
    }

    @Override
    public boolean isQuoted() {
        return true;
    }

    @Override
    public void guard(Placeholders.Expansion expansion, Mistakes mistakes) {
        mistakes.hide(expansion.text());
        expansion.values().forEach(mistakes::hide);
    }

    @Override
    public Object parse(String text) {
        return new Secret(text);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return JsonNodeFactory.instance.objectNode().put("type", "string").put("writeOnly", true);
    }
}
