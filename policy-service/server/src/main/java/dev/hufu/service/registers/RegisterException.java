package dev.hufu.service.registers;

import java.util.List;

/** Register content that cannot be taken: all that is wrong with it, each with file and line where it came from a file. */
public final class RegisterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param file path of the file, or empty; {@code line} and {@code column} count from 1, or are 0 */
    public record Problem(String file, int line, int column, String message) {
        @Override
        public String toString() {
            return file.isEmpty() ? message : file + ":" + line + ":" + column + ": " + message;
        }
    }

    private final transient List<Problem> problems;

    RegisterException(List<Problem> problems) {
        super(String.join(
                System.lineSeparator(), problems.stream().map(Problem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    RegisterException(String message) {
        this(List.of(new Problem("", 0, 0, message)));
    }

    public List<Problem> problems() {
        return problems;
    }
}
