package io.jwal.store.tck.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoublingTest {
    @Test
    void twiceTwoIsFour() {
        assertThat(Doubling.of(2)).isEqualTo(4);
    }
}
