/**
 * Shows that tests notice mistakes: a mutant is a class of a module with a mistake put into its source, and a test that
 * passes without it has to fail with it. For the modules of this project; not exported.
 */
package io.jwal.store.tck.mutant;
