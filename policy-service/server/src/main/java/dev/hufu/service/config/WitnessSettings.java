package dev.hufu.service.config;

import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.witness.WitnessPlace;
import dev.hufu.auditlog.witness.Witnesses;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads which witnesses the audit log asks. */
final class WitnessSettings {
    private static final String LIST = "hufu.witnesses";
    private static final String THRESHOLD = "hufu.witness.threshold";
    private static final String TIMEOUT = "hufu.witness.timeout";
    private static final String FORM =
            "Write each as its key, an equals sign and its address, with spaces between them, such as"
                    + " HUFU_WITNESSES=council.example/w1+1a2b3c4d+BA…=http://localhost:8090; `hufu witness` prints both at"
                    + " its start";

    private final Settings settings;

    WitnessSettings(Settings settings) {
        this.settings = settings;
    }

    /** The witnesses; empty if none are named. */
    Optional<Witnesses> read() {
        Optional<String> text = settings.text(LIST);
        if (text.isEmpty()) {
            if (settings.text(THRESHOLD).isPresent()) {
                throw new SettingException(
                        "HUFU_WITNESS_THRESHOLD is set, and HUFU_WITNESSES names nobody who could cosign.",
                        FORM + ", or leave both out.");
            }
            return Optional.empty();
        }
        List<WitnessPlace> places = Stream.of(text.get().split("[\\s,]+"))
                .map(WitnessSettings::place)
                .toList();
        if (places.size() > Witnesses.MOST) {
            throw new SettingException(
                    "HUFU_WITNESSES names " + places.size() + " witnesses, and a receipt has room for " + Witnesses.MOST
                            + ".",
                    "Name at most " + Witnesses.MOST + ".");
        }
        int threshold = (int) settings.whole(THRESHOLD, places.size(), 1, places.size());
        Duration timeout = Duration.ofMillis(settings.whole(TIMEOUT, 5_000, 100, 60_000));
        try {
            return Optional.of(Witnesses.of(places, threshold, timeout));
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "HUFU_WITNESSES cannot be meant: " + e.getMessage() + ".", "Name each witness and each key once.");
        }
    }

    private static WitnessPlace place(String text) {
        int at = text.indexOf("=http"); // base64 ends with equals signs too
        if (at < 0) {
            throw Settings.refused(LIST, text, "is no key with an address behind it", FORM);
        }
        WitnessKey key;
        try {
            key = WitnessKey.parse(text.substring(0, at));
        } catch (IllegalArgumentException e) {
            throw Settings.refused(LIST, text, "does not begin with a witness's key (" + e.getMessage() + ")", FORM);
        }
        String address = text.substring(at + 1);
        try {
            return new WitnessPlace(key, new URI(address));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw Settings.refused(
                    LIST,
                    address.replaceAll("//[^/@]*@", "//…@"),
                    "is no address of a witness",
                    "Write http or https, host and port, and a path if the witness has one, such as http://localhost:8090");
        }
    }
}
