package dev.hufu.service.request;

import java.util.Optional;

/**
 * To whom data would go (PIPL Art. 20 to 23, 38, 41).
 *
 * @param kind {@code joint}, {@code entrusted}, {@code thirdParty} or {@code foreignAuthority}
 * @param contract reference of the contract on record, if any
 * @param region ISO 3166-1 alpha-2 code of where the data would be, if known
 */
public record Recipient(String kind, Optional<String> contract, Optional<String> region) {}
