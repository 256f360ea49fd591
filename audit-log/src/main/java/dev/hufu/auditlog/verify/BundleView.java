package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.TreeHasher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The leaf hashes of an entry bundle, as far as it can be read. */
final class BundleView {
    private final List<Hash> hashes = new ArrayList<>();
    private final boolean whole;

    BundleView(byte[] bundle, TreeHasher hasher) {
        ByteBuffer in = ByteBuffer.wrap(bundle);
        while (in.remaining() >= 2 && in.remaining() - 2 >= Short.toUnsignedInt(in.getShort(in.position()))) {
            int length = Short.toUnsignedInt(in.getShort());
            hashes.add(hasher.leaf(bundle, in.position(), length));
            in.position(in.position() + length);
        }
        this.whole = !in.hasRemaining();
    }

    @Nullable
    Hash hash(int position) {
        return position < hashes.size() ? hashes.get(position) : null;
    }

    int count() {
        return hashes.size();
    }

    boolean whole() {
        return whole;
    }
}
