package dev.hufu.service.config;

/** Demo mode was told to listen where others on the network could reach it. */
final class OpenDemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OpenDemoException() {
        super(
                "Demo mode listens on this machine only, and server.address (SERVER_ADDRESS) says otherwise. Its accounts share"
                        + " one password, so nobody else may reach them.");
    }
}
