package io.jwal.core.config;

import io.jwal.ConfigException;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import io.jwal.store.StoreSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The types of store that a configuration may name. */
public final class StoreTypes {
    /** Our own stores, for the message that names the artifact to add. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "memory", "io.jwal:store-inmemory",
            "file", "io.jwal:store-file",
            "s3", "io.jwal:store-s3",
            "tiered", "io.jwal:store-tiered",
            "archive", "io.jwal:store-tiered");

    private final List<StoreProvider<?>> providers;
    private final List<String> broken;

    private StoreTypes(List<StoreProvider<?>> providers, List<String> broken) {
        this.providers = List.copyOf(providers);
        this.broken = List.copyOf(broken);
    }

    /**
     * The types whose providers the class path or module path has.
     *
     * @return the types, possibly none
     */
    public static StoreTypes installed() {
        InstalledProviders installed = InstalledProviders.find();
        return new StoreTypes(installed.providers(), installed.broken());
    }

    /**
     * The types of these providers.
     *
     * @param providers the providers
     * @return the types
     */
    public static StoreTypes of(List<StoreProvider<?>> providers) {
        return new StoreTypes(providers, List.of());
    }

    /**
     * The names of all types.
     *
     * @return the names in alphabetical order
     */
    public List<String> names() {
        return List.copyOf(providers.stream().map(StoreProvider::type).collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * The provider of a type.
     *
     * @param type the name in a configuration
     * @return its provider
     * @throws IllegalArgumentException if there is none, or more than one
     */
    public StoreProvider<?> named(String type) {
        List<StoreProvider<?>> found = withoutCopies(providers.stream()
                .filter(provider -> provider.type().equals(type))
                .toList());
        if (found.isEmpty()) {
            throw new IllegalArgumentException(unknown(type));
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "two providers make stores of type \"" + type + "\": " + classNames(found) + "; remove one");
        }
        return found.get(0);
    }

    /**
     * The store that a provider's configuration record asks for.
     *
     * @param record the record
     * @return the record with its provider's type
     * @throws IllegalArgumentException if no provider takes such a record, or more than one does
     */
    public StoreSpec of(Object record) {
        List<StoreProvider<?>> found = withoutCopies(providers.stream()
                .filter(provider -> provider.configType() == record.getClass())
                .toList());
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no store is configured by " + record.getClass().getName() + "; " + knownRecords());
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "two providers take a " + record.getClass().getName() + ": " + classNames(found) + "; remove one");
        }
        return new StoreSpec(found.get(0).type(), record);
    }

    /**
     * A spec that was made in Java, where nothing ties its two parts together.
     *
     * @param spec the spec
     * @return the same
     * @throws IllegalArgumentException if no provider opens such a store
     */
    public StoreSpec checked(StoreSpec spec) {
        providerOf(spec);
        return spec;
    }

    /**
     * Opens a store.
     *
     * @param spec which one
     * @param context what the engine lends to it
     * @return the store
     * @throws IOException if its provider cannot open it
     * @throws ConfigException if no provider opens such a store
     */
    public Store open(StoreSpec spec, StoreContext context) throws IOException {
        StoreProvider<?> provider;
        try {
            provider = providerOf(spec);
        } catch (IllegalArgumentException e) {
            Mistakes mistakes = new Mistakes("configuration");
            mistakes.add("store", String.valueOf(e.getMessage()));
            throw mistakes.toException();
        }
        return open(provider, spec, context);
    }

    /** Of several copies the one that knows the record: the application may use another copy than we find first. */
    private StoreProvider<?> providerOf(StoreSpec spec) {
        StoreProvider<?> first = named(spec.type());
        return providers.stream()
                .filter(provider -> provider.type().equals(spec.type()))
                .filter(provider -> provider.configType().isInstance(spec.config()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the " + spec.type() + " store is configured by "
                        + first.configType().getName() + ", but got "
                        + spec.config().getClass().getName()));
    }

    private static <C> Store open(StoreProvider<C> provider, StoreSpec spec, StoreContext context) throws IOException {
        return provider.open(provider.configType().cast(spec.config()), context);
    }

    /** The same class found through two class loaders is one provider; the first one found wins. */
    private static List<StoreProvider<?>> withoutCopies(List<StoreProvider<?>> found) {
        List<StoreProvider<?>> distinct = new ArrayList<>();
        for (StoreProvider<?> provider : found) {
            if (distinct.stream().noneMatch(other -> className(other).equals(className(provider)))) {
                distinct.add(provider);
            }
        }
        return distinct;
    }

    private String unknown(String type) {
        StringBuilder message = new StringBuilder("no store of type \"" + type + "\" is on the path");
        String artifact = ARTIFACTS.get(type);
        if (artifact != null) {
            message.append("; add ").append(artifact);
        } else {
            List<String> candidates = new ArrayList<>(names());
            candidates.addAll(new TreeSet<>(ARTIFACTS.keySet()));
            NearestName.in(candidates, type)
                    .ifPresent(near ->
                            message.append("; did you mean \"").append(near).append("\"?"));
        }
        message.append(message.charAt(message.length() - 1) == '?' ? " " : "; ").append(onThePath());
        return message.toString();
    }

    private String onThePath() {
        String known = names().isEmpty() ? "none is there" : "there are " + Quoted.all(names());
        return broken.isEmpty() ? known : known + "; these could not be loaded: " + String.join(", ", broken);
    }

    private String knownRecords() {
        return providers.isEmpty()
                ? "no store is on the path; add one, such as " + ARTIFACTS.get("file")
                : "pass one of "
                        + providers.stream()
                                .map(provider -> provider.configType().getName() + " (" + provider.type() + ")")
                                .sorted()
                                .collect(Collectors.joining(", "));
    }

    private static String classNames(List<StoreProvider<?>> found) {
        return found.stream().map(StoreTypes::className).sorted().collect(Collectors.joining(" and "));
    }

    private static String className(StoreProvider<?> provider) {
        return provider.getClass().getName();
    }
}
