package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A number of one of Java's sizes. */
final class NumberType implements ScalarType {
    private static final int LONGEST = 400;

    private static final Map<Class<?>, NumberType> TYPES = Map.of(
            Byte.class, new NumberType((long) Byte.MIN_VALUE, (long) Byte.MAX_VALUE, BigDecimal::byteValueExact),
            Short.class, new NumberType((long) Short.MIN_VALUE, (long) Short.MAX_VALUE, BigDecimal::shortValueExact),
            Integer.class,
                    new NumberType((long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE, BigDecimal::intValueExact),
            Long.class, new NumberType(Long.MIN_VALUE, Long.MAX_VALUE, BigDecimal::longValueExact),
            Float.class, new NumberType(null, null, NumberType::finiteFloat),
            Double.class, new NumberType(null, null, NumberType::finiteDouble));

    private final @Nullable Long least;
    private final @Nullable Long greatest;
    private final Function<BigDecimal, Number> exact;

    private NumberType(@Nullable Long least, @Nullable Long greatest, Function<BigDecimal, Number> exact) {
        this.least = least;
        this.greatest = greatest;
        this.exact = exact;
    }

    static Optional<NumberType> of(Class<?> boxed) {
        return Optional.ofNullable(TYPES.get(boxed));
    }

    @Override
    public String expected() {
        return least == null ? "a number" : "a whole number";
    }

    @Override
    public boolean isQuoted() {
        return false;
    }

    @Override
    public boolean takes(JsonNode unquoted) {
        return unquoted.isNumber();
    }

    @Override
    public Object parse(String text) {
        String written = text.strip();
        if (written.length() <= LONGEST) {
            try {
                return exact.apply(new BigDecimal(written));
            } catch (NumberFormatException e) {
                // No number at all: told below.
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(Quoted.bare(written) + " is not " + range(), e);
            }
        }
        throw new IllegalArgumentException(Quoted.text(text) + " is not " + expected());
    }

    private String range() {
        return least == null ? "a number that fits" : "a whole number from " + least + " to " + greatest;
    }

    private static Number finiteFloat(BigDecimal number) {
        if (Float.isInfinite(number.floatValue())) {
            throw new ArithmeticException("too large");
        }
        return number.floatValue();
    }

    private static Number finiteDouble(BigDecimal number) {
        if (Double.isInfinite(number.doubleValue())) {
            throw new ArithmeticException("too large");
        }
        return number.doubleValue();
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode number = definitions.object().put("type", least == null ? "number" : "integer");
        if (least != null) {
            number.put("minimum", least).put("maximum", greatest);
        }
        return definitions.orPlaceholder(number);
    }
}
