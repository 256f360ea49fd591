package dev.hufu.service.sample;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Numbers that have the right form and belong to nobody.
 *
 * <p><b>Resident identity numbers</b> (GB 11643): region, birth date, sequence (odd for men, even for women), check character by
 * ISO 7064 MOD 11-2. The regions used, 990000 to 999999, are assigned neither by GB/T 2260 nor, since they read as province 90 to
 * 99, to foreigners' permanent residence cards.
 *
 * <p><b>Bank accounts</b>: 19 digits with the Luhn check digit of ISO/IEC 7812-1 under {@code 9000}. A leading 9 hands the next
 * three digits to the national body of the country with that ISO 3166 number, and there is no country 000.
 */
final class IdNumbers {
    private static final DateTimeFormatter BIRTH = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final long ACCOUNT_SPACE = 100_000_000_000_000L;
    /** Coprime to the space, so that multiplying permutes it and no two people share an account. */
    private static final long ACCOUNT_STEP = 618_033_988_749L;

    private IdNumbers() {}

    /** Unique for numbers below five million: region and sequence together spell the number. */
    static String residentId(int number, LocalDate born, char gender) {
        int region = 990_000 + (int) ((number * 7919L) % 10_000);
        int parity = gender == 'M' ? 1 : 0;
        int sequence = (number / 10_000) * 2 + parity;
        StringBuilder id = new StringBuilder(18).append(region).append(BIRTH.format(born));
        if (sequence < 100) {
            id.append(sequence < 10 ? "00" : "0");
        }
        id.append(sequence);
        return id.append(residentCheck(id)).toString();
    }

    /** The check character over the first 17 digits. */
    static char residentCheck(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (digits.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11);
    }

    static String bankAccount(int number) {
        long body = number * ACCOUNT_STEP % ACCOUNT_SPACE;
        StringBuilder account = new StringBuilder(19).append("9000");
        String digits = Long.toString(body);
        account.repeat('0', 14 - digits.length()).append(digits);
        return account.append(luhnCheck(account)).toString();
    }

    /** The digit that makes the whole sum to a multiple of ten, every second digit from the right doubled. */
    static char luhnCheck(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = digit * 2;
            sum += i % 2 == 0 ? (doubled > 9 ? doubled - 9 : doubled) : digit;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }
}
