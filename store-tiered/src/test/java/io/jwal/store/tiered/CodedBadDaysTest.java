package io.jwal.store.tiered;

/** The same with copies that are compressed and encrypted. */
class CodedBadDaysTest extends BadDaysTest {
    @Override
    Machine fresh() {
        return super.fresh().coded();
    }
}
