package dev.hufu.auditlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RangeProofTest {
    private static final List<Hash> LEAVES = IntStream.range(0, 70)
            .mapToObj(i -> new TreeHasher().leaf(new byte[] {(byte) i}))
            .toList();

    private static Proofs.Subtrees subtrees(int size) {
        return (level, position) -> SmallTree.over(
                        LEAVES.subList((int) (position << level), (int) ((position + 1) << level)))
                .root();
    }

    private static Hash root(int from, int to, int size, List<Hash> around) throws IOException {
        var leaves = LEAVES.subList(from, to).iterator();
        Hash root = RangeProof.root(from, to, size, around, leaves::next);
        assertThat(leaves.hasNext()).as("every leaf of the range was taken").isFalse();
        return root;
    }

    @Test
    void root_everyRangeOfEverySmallTree_isTheTreesRoot() throws IOException {
        for (int size = 1; size <= 20; size++) {
            Hash root = SmallTree.over(LEAVES.subList(0, size)).root();
            for (int from = 0; from < size; from++) {
                for (int to = from + 1; to <= size; to++) {
                    List<Hash> around = RangeProof.around(from, to, size, subtrees(size));
                    assertThat(root(from, to, size, around)).isEqualTo(root);
                    assertThat(RangeProof.count(from, to, size)).isEqualTo(around.size());
                }
            }
        }
    }

    @Test
    void root_oneLeaf_hasTheHashesOfTheInclusionProof() {
        for (int index = 0; index < 70; index++) {
            List<Hash> around = new ArrayList<>(RangeProof.around(index, index + 1, 70, subtrees(70)));
            List<Hash> path = new ArrayList<>(Proofs.inclusion(index, 70, subtrees(70)));
            assertThat(around).containsExactlyInAnyOrderElementsOf(path);
        }
    }

    @Test
    void root_anyHashChangedMovedOrMissing_isAnotherRootOrRefused() throws IOException {
        Hash root = SmallTree.over(LEAVES).root();
        List<Hash> around = RangeProof.around(11, 37, 70, subtrees(70));
        for (int i = 0; i < around.size(); i++) {
            List<Hash> changed = new ArrayList<>(around);
            changed.set(i, TreeHasher.emptyRoot());
            assertThat(root(11, 37, 70, changed)).isNotEqualTo(root);
            Collections.swap(changed, i, (i + 1) % changed.size());
            assertThat(root(11, 37, 70, changed)).isNotEqualTo(root);
            changed.remove(i);
            assertThatThrownBy(() -> root(11, 37, 70, changed)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(root(12, 38, 70, RangeProof.around(12, 38, 70, subtrees(70))))
                .isEqualTo(root);
        List<Hash> more = new ArrayList<>(around);
        more.add(root);
        assertThatThrownBy(() -> root(11, 37, 70, more)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void count_hugeTree_isBoundedByItsHeight() {
        long size = Long.MAX_VALUE;
        assertThat(RangeProof.count(size / 3, size / 3 + 1, size)).isLessThanOrEqualTo(RangeProof.MAX_HASHES);
        assertThat(RangeProof.count(1, size - 1, size)).isLessThanOrEqualTo(RangeProof.MAX_HASHES);
        assertThatThrownBy(() -> RangeProof.count(3, 3, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RangeProof.count(-1, 3, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RangeProof.count(0, 6, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
