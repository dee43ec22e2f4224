package io.jwal.s3.engine;

import io.jwal.core.medium.LogMediaResolver;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * Random operations, kills and takeovers on a real S3, behind a bad network: nobody notices but by the time it takes. Too
 * long for every build, run by {@code -Dtest=TroubledRealS3WholeEngine}.
 */
@Suite
@SelectClasses(names = "io.jwal.core.log.LogModelTest")
@ConfigurationParameter(key = LogMediaResolver.PARAMETER, value = "io.jwal.s3.engine.TroubledRealS3Media")
class TroubledRealS3WholeEngine {}
