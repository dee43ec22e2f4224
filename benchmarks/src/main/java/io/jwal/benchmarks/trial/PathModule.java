package io.jwal.benchmarks.trial;

import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.file.Path;

/** Jackson writes a path as a URI unless it is told. */
final class PathModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    PathModule() {
        addSerializer(Path.class, ToStringSerializer.instance);
    }
}
