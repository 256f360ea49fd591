package dev.hufu.service.config;

/** Demo mode was told to listen where others on the network could reach it. */
final class OpenDemoException extends StartRefusedException {
    private static final long serialVersionUID = 1L;

    OpenDemoException() {
        super(
                "Demo mode listens on this machine only, and server.address (SERVER_ADDRESS) says otherwise. Its accounts share"
                        + " one password, so nobody else may reach them.",
                "Unset SERVER_ADDRESS, or leave demo mode with HUFU_DEMO=false: then the first start makes one administrator with"
                        + " a one-time password, and the address is yours to choose.");
    }
}
