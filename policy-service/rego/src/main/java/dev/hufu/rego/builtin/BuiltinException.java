package dev.hufu.rego.builtin;

import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Value;

/** An error inside a builtin: undefined by default, the evaluation's end in strict mode. Carries no stack trace. */
public final class BuiltinException extends RuntimeException {
    private final String code;

    private BuiltinException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static BuiltinException failed(String message) {
        return new BuiltinException(EvaluationException.BUILTIN, message);
    }

    public static BuiltinException type(String message) {
        return new BuiltinException(EvaluationException.TYPE, message);
    }

    /** {@code operand 1 must be string but got number} */
    public static BuiltinException operand(int position, String wanted, Value got) {
        return type("operand " + position + " must be " + wanted + " but got " + got.typeName());
    }

    /** {@code operand 1 must be one of {array, set} but got number} */
    public static BuiltinException operandOf(int position, String wanted, Value got) {
        return operand(position, "one of {" + wanted + "}", got);
    }
}
