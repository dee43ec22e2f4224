/** What a run says: the table, the plots, and the page of the documentation. */
@NullMarked
package io.jwal.benchmarks.report;

import org.jspecify.annotations.NullMarked;
