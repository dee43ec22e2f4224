package io.jwal.core.config;

import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.StoreSpec;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which Java types an option may have. */
final class OptionTypes {
    private static final Map<Class<?>, OptionType> SIMPLE = Map.of(
            String.class, new TextType(),
            Boolean.class, new FlagType(),
            Duration.class, new DurationType(),
            Path.class, new PathType(),
            ByteSize.class, new SizeType(),
            Secret.class, new SecretType(),
            StoreSpec.class, new StoreType());

    private static final String SUPPORTED = "String, numbers, boolean, enums, Duration, Path, ByteSize, Secret, "
            + "StoreSpec, records of these and List of these";

    private OptionTypes() {}

    /**
     * The type of a record's component.
     *
     * @param type the component's type
     * @param enclosing the records that it is inside of
     * @param ours whether the record describes the log itself
     * @throws IllegalArgumentException if no option can have it
     */
    static OptionType of(Type type, Set<Class<?>> enclosing, boolean ours) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new ListType(of(generic.getActualTypeArguments()[0], enclosing, ours));
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(type);
        }
        Class<?> boxed = MethodType.methodType(plain).wrap().returnType();
        return Optional.ofNullable(SIMPLE.get(boxed))
                .or(() -> NumberType.of(boxed))
                .or(() -> compound(plain, enclosing, ours))
                .orElseThrow(() -> unsupported(type));
    }

    private static Optional<OptionType> compound(Class<?> type, Set<Class<?>> enclosing, boolean ours) {
        if (type.isEnum()) {
            return Optional.of(new ChoiceType(type));
        }
        return type.isRecord() ? Optional.of(RecordType.nested(type, enclosing, ours)) : Optional.empty();
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException(
                "no option can be a " + type.getTypeName() + "; a configuration record may have " + SUPPORTED);
    }
}
