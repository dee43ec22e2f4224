package io.jwal.s3.servers.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Headers in the order in which they came, spelled as they came and found whatever the case. Not safe for many threads. */
public final class HttpHeaders {
    private record Header(String name, String value) {}

    private final List<Header> headers = new ArrayList<>();

    /** Without any header. */
    public HttpHeaders() {}

    /**
     * A copy.
     *
     * @param other what is copied
     */
    public HttpHeaders(HttpHeaders other) {
        headers.addAll(other.headers);
    }

    /**
     * The first value of a header.
     *
     * @param name the header's name
     * @return its value, without spaces around it
     */
    public Optional<String> first(String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /**
     * Whether a header lists a word, as {@code Connection: close} does.
     *
     * @param name the header's name
     * @param word the word, whatever the case
     * @return true if one of its values has it
     */
    public boolean lists(String name, String word) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .flatMap(header -> List.of(header.value.split(",", -1)).stream())
                .anyMatch(value -> value.strip().equalsIgnoreCase(word));
    }

    /**
     * Adds a header, also if there is one of this name.
     *
     * @param name the header's name
     * @param value its value
     */
    public void add(String name, String value) {
        headers.add(new Header(name, value));
    }

    /**
     * Puts one header in the place of all of this name.
     *
     * @param name the header's name
     * @param value its value
     */
    public void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    /**
     * Removes all headers of a name.
     *
     * @param name the header's name
     */
    public void remove(String name) {
        headers.removeIf(header -> header.name.equalsIgnoreCase(name));
    }

    /**
     * Goes through all headers.
     *
     * @param action gets each name and value
     */
    public void forEach(BiConsumer<String, String> action) {
        headers.forEach(header -> action.accept(header.name, header.value));
    }

    /** One line for each header. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
        return lines.toString();
    }
}
