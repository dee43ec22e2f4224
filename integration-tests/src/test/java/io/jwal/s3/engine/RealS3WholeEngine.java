package io.jwal.s3.engine;

import io.jwal.core.medium.LogMediaResolver;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests of the engine, their logs on a real S3: too long for every build, run by {@code -Dtest=RealS3WholeEngine}. */
@Suite
@SelectPackages({"io.jwal.core.log", "io.jwal.core.inspect", "io.jwal.core.recovery"})
@ConfigurationParameter(key = LogMediaResolver.PARAMETER, value = "io.jwal.s3.engine.RealS3Media")
class RealS3WholeEngine {}
