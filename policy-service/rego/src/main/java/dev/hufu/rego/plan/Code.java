package dev.hufu.rego.plan;

import java.util.stream.Stream;

/** A linked body and the frame it needs. */
record Code(Step entry, Size size) {
    /** How much a frame holds. Bodies may run in one frame, one after the other: none reads a slot that it has not filled. */
    record Size(int slots, int cells) {
        static final Size NOTHING = new Size(0, 0);

        static Size largest(Stream<Size> sizes) {
            return sizes.reduce(NOTHING, (a, b) -> new Size(Math.max(a.slots, b.slots), Math.max(a.cells, b.cells)));
        }

        Frame frame(Evaluation run) {
            return new Frame(run, slots, cells);
        }
    }
}
