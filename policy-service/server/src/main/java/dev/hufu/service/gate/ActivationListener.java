package dev.hufu.service.gate;

/** Told of each bundle before it is put to use: what this throws keeps the bundle out, so that no policy goes unlogged. */
@FunctionalInterface
public interface ActivationListener {
    void activating(PolicyBundle bundle);
}
