package io.jwal.store.tiered;

/** The same with copies that are compressed and encrypted. */
class CodedArchiveTakeoverTest extends ArchiveTakeoverTest {
    @Override
    Machine fresh() {
        return super.fresh().coded();
    }
}
