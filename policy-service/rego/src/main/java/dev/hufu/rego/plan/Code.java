package dev.hufu.rego.plan;

/** A linked body and the frame it needs. */
record Code(Step entry, int slots, int cells) {
    Frame frame(Evaluation run) {
        return new Frame(run, slots, cells);
    }
}
