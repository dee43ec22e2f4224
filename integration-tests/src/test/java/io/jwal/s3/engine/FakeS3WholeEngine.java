package io.jwal.s3.engine;

import io.jwal.core.medium.LogMediaResolver;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * All tests of the engine, their logs on the S3 of this JVM: too long for every build, run by
 * {@code -Dtest=FakeS3WholeEngine}.
 */
@Suite
@SelectPackages({"io.jwal.core.log", "io.jwal.core.inspect", "io.jwal.core.recovery"})
@ConfigurationParameter(key = LogMediaResolver.PARAMETER, value = "io.jwal.s3.engine.FakeS3Media")
class FakeS3WholeEngine {}
