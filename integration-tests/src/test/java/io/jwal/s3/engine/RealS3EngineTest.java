package io.jwal.s3.engine;

import io.jwal.core.medium.LogMediaResolver;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Those tests of the engine on a real S3 that ask the most of a store; {@link RealS3WholeEngine} are all of them. */
@Suite
@SelectClasses(
        names = {"io.jwal.core.log.ClosingTest", "io.jwal.core.log.TruncationTest", "io.jwal.core.log.LogModelTest"})
@ConfigurationParameter(key = LogMediaResolver.PARAMETER, value = "io.jwal.s3.engine.RealS3Media")
class RealS3EngineTest {}
