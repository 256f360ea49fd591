package dev.hufu.auditlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProofsTest {
    private static final int SIZES = 70;

    private final TreeHasher hasher = new TreeHasher();
    private final List<Hash> leaves = IntStream.range(0, SIZES)
            .mapToObj(i -> hasher.leaf(Integer.toString(i).getBytes(StandardCharsets.UTF_8)))
            .toList();

    /** RFC 6962, section 2.1, word for word: the reference model. */
    private Hash naiveRoot(List<Hash> part) {
        if (part.size() == 1) {
            return part.getFirst();
        }
        int k = 1;
        while (2 * k < part.size()) {
            k *= 2;
        }
        return hasher.node(naiveRoot(part.subList(0, k)), naiveRoot(part.subList(k, part.size())));
    }

    private Hash subtree(int level, long position) {
        int width = 1 << level;
        return naiveRoot(leaves.subList((int) position * width, ((int) position + 1) * width));
    }

    @Test
    void root_everySize_equalsTheDefinition() {
        assertThat(Proofs.root(0, this::subtree).hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int size = 1; size <= SIZES; size++) {
            Hash root = naiveRoot(leaves.subList(0, size));
            assertThat(Proofs.root(size, this::subtree)).isEqualTo(root);
            assertThat(SmallTree.over(leaves.subList(0, size)).root()).isEqualTo(root);
        }
    }

    @Test
    void inclusion_everyLeafOfEverySize_verifiesAndAnyOtherPositionDoesNot() {
        for (int size = 1; size <= SIZES; size++) {
            Hash root = naiveRoot(leaves.subList(0, size));
            for (int index = 0; index < size; index++) {
                List<Hash> path = Proofs.inclusion(index, size, this::subtree);
                assertThat(SmallTree.over(leaves.subList(0, size)).path(index)).isEqualTo(path);
                for (int claimed = 0; claimed < size; claimed++) {
                    assertThat(Proofs.verifyInclusion(claimed, size, leaves.get(index), path, root))
                            .isEqualTo(claimed == index);
                }
            }
        }
    }

    @Test
    void consistency_everyPairOfSizes_verifiesAndAnotherRootDoesNot() {
        for (int newer = 1; newer <= SIZES; newer++) {
            Hash newerRoot = naiveRoot(leaves.subList(0, newer));
            for (int older = 1; older <= newer; older++) {
                Hash olderRoot = naiveRoot(leaves.subList(0, older));
                List<Hash> path = Proofs.consistency(older, newer, this::subtree);
                assertThat(Proofs.verifyConsistency(older, newer, olderRoot, newerRoot, path))
                        .isTrue();
                Hash other = hasher.node(olderRoot, olderRoot);
                assertThat(Proofs.verifyConsistency(older, newer, other, newerRoot, path))
                        .isFalse();
                assertThat(Proofs.verifyConsistency(older, newer, olderRoot, other, path))
                        .isFalse();
            }
        }
    }
}
