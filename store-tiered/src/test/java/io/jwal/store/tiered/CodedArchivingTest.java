package io.jwal.store.tiered;

/** The same with copies that are compressed and encrypted. */
class CodedArchivingTest extends ArchivingTest {
    @Override
    Machine fresh() {
        return super.fresh().coded();
    }
}
