package io.jwal.benchmarks.result;

import java.util.List;

/**
 * A run.
 *
 * @param environment where and how
 * @param outcomes every trial
 */
public record Results(Environment environment, List<Outcome> outcomes) {}
