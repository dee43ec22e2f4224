package io.jwal.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Explains an option of the log where it is declared, for the schema. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface About {
    /**
     * What the option means.
     *
     * @return a sentence
     */
    String value();

    /**
     * What holds when it is left out.
     *
     * @return the value as it would be written, or words about it
     */
    String byDefault() default "";

    /**
     * Whether a file must have it, although the component is null while the file is being read.
     *
     * @return true if it must
     */
    boolean required() default false;
}
