package io.jwal.s3.engine;

import io.jwal.core.medium.LogMediaResolver;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Tests of the engine, their logs on the S3 of this JVM, but for those that sweep over every call; {@link FakeS3WholeEngine}
 * are all of them.
 */
@Suite
@SelectPackages({"io.jwal.core.inspect", "io.jwal.core.recovery"})
@SelectClasses(
        names = {
            "io.jwal.core.log.BoundsTest",
            "io.jwal.core.log.ClosingTest",
            "io.jwal.core.log.CursorTest",
            "io.jwal.core.log.FollowerTest",
            "io.jwal.core.log.LogModelTest",
            "io.jwal.core.log.PipelineTest",
            "io.jwal.core.log.RecoveryTest",
            "io.jwal.core.log.TruncationTest",
            "io.jwal.core.log.WritingLogTest"
        })
@ConfigurationParameter(key = LogMediaResolver.PARAMETER, value = "io.jwal.s3.engine.FakeS3Media")
class FakeS3EngineTest {}
