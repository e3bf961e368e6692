package dev.berth.lxd.filter;

import java.util.List;

/** A regular expression as a tree. */
sealed interface Expression {
    /** No upper end of a repetition. */
    int UNLIMITED = -1;

    /** Exactly one character. */
    record One(CharacterTest test) implements Expression {}

    /** One after the other; empty matches the empty text. */
    record Sequence(List<Expression> parts) implements Expression {}

    /** Any of them. */
    record Either(List<Expression> choices) implements Expression {}

    /** @param most {@link #UNLIMITED} or at least {@code least} */
    record Repeated(Expression part, int least, int most) implements Expression {}

    /** A place between characters. */
    enum Place implements Expression {
        BEGIN,
        END,
        WORD_EDGE,
        NO_WORD_EDGE
    }
}
