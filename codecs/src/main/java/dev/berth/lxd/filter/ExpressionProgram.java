package dev.berth.lxd.filter;

import dev.berth.lxd.filter.Expression.Either;
import dev.berth.lxd.filter.Expression.One;
import dev.berth.lxd.filter.Expression.Place;
import dev.berth.lxd.filter.Expression.Repeated;
import dev.berth.lxd.filter.Expression.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An expression as steps of a little machine that follows all possibilities at once: its effort is at most steps times
 * characters, whatever the expression, because it never goes back.
 */
final class ExpressionProgram {
    private static final int MOST_STEPS = 5_000;

    private final List<Step> steps = new ArrayList<>();

    private ExpressionProgram() {}

    /** Empty when the expression, written out, is too long. */
    static Optional<ExpressionProgram> of(Expression expression) {
        ExpressionProgram program = new ExpressionProgram();
        boolean fits = program.append(expression) && program.add(new Found());
        return fits ? Optional.of(program) : Optional.empty();
    }

    /** Says whether some part of {@code text} matches. */
    boolean isFoundIn(String text, StepBudget budget) {
        Threads now = new Threads(text, budget);
        Threads next = new Threads(text, budget);
        for (int at = 0; at <= text.length(); at++) {
            now.start(0, at);
            if (now.found) {
                return true;
            }
            now.advance(at, next);
            Threads done = now;
            now = next;
            next = done.cleared();
        }
        return false;
    }

    private boolean append(Expression expression) {
        if (expression instanceof One one) {
            return add(new Take(one.test()));
        }
        if (expression instanceof Place place) {
            return add(new Check(place));
        }
        if (expression instanceof Sequence sequence) {
            return sequence.parts().stream().allMatch(this::append);
        }
        return expression instanceof Either either ? appendEither(either) : appendRepeated((Repeated) expression);
    }

    /** Every choice but the last begins with a fork to the next one and ends with a jump behind all. */
    private boolean appendEither(Either either) {
        List<Integer> exits = new ArrayList<>();
        int last = either.choices().size() - 1;
        for (int i = 0; i < last; i++) {
            int fork = reserve();
            if (!append(either.choices().get(i))) {
                return false;
            }
            exits.add(reserve());
            steps.set(fork, new Fork(fork + 1, steps.size()));
        }
        boolean fits = append(either.choices().get(last));
        exits.forEach(exit -> steps.set(exit, new Fork(steps.size(), steps.size())));
        return fits;
    }

    /** Nothing, however often, is nothing: otherwise repetitions of repetitions of it would take for ever to write out. */
    private boolean appendRepeated(Repeated repeated) {
        int before = -1;
        for (int i = 0; i < repeated.least() && before < steps.size(); i++) {
            before = steps.size();
            if (!append(repeated.part())) {
                return false;
            }
        }
        return repeated.most() == Expression.UNLIMITED
                ? appendLoop(repeated.part())
                : appendOptional(repeated.part(), repeated.most() - repeated.least());
    }

    private boolean appendLoop(Expression part) {
        int fork = reserve();
        boolean fits = append(part) && add(new Fork(fork, fork));
        steps.set(fork, new Fork(fork + 1, steps.size()));
        return fits;
    }

    private boolean appendOptional(Expression part, int times) {
        List<Integer> forks = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            forks.add(reserve());
            if (!append(part)) {
                return false;
            }
        }
        forks.forEach(fork -> steps.set(fork, new Fork(fork + 1, steps.size())));
        return steps.size() <= MOST_STEPS;
    }

    private int reserve() {
        steps.add(new Found());
        return steps.size() - 1;
    }

    private boolean add(Step step) {
        steps.add(step);
        return steps.size() <= MOST_STEPS;
    }

    private sealed interface Step {}

    private record Take(CharacterTest test) implements Step {}

    private record Check(Place place) implements Step {}

    private record Fork(int one, int other) implements Step {}

    private record Found() implements Step {}

    /** The possibilities that are alive before one character. */
    private final class Threads {
        private final String text;
        private final StepBudget budget;
        private final boolean[] known = new boolean[steps.size()];
        private final int[] alive = new int[steps.size()];
        private final int[] pending = new int[2 * steps.size() + 2];
        private int count;
        private boolean found;

        Threads(String text, StepBudget budget) {
            this.text = text;
            this.budget = budget;
        }

        /** Adds a possibility and all it leads to without a character. */
        void start(int step, int at) {
            int waiting = 0;
            pending[waiting++] = step;
            while (waiting > 0) {
                int current = pending[--waiting];
                if (known[current]) {
                    continue;
                }
                known[current] = true;
                alive[count++] = current;
                waiting = follow(current, at, waiting);
            }
        }

        private int follow(int current, int at, int waiting) {
            Step step = steps.get(current);
            int now = waiting;
            if (step instanceof Fork fork) {
                pending[now++] = fork.one();
                pending[now++] = fork.other();
            } else if (step instanceof Check check && isAt(check.place(), at)) {
                pending[now++] = current + 1;
            } else if (step instanceof Found) {
                found = true;
            }
            return now;
        }

        void advance(int at, Threads next) {
            budget.spend(count + 1L);
            if (at == text.length()) {
                return;
            }
            char c = text.charAt(at);
            for (int i = 0; i < count; i++) {
                if (steps.get(alive[i]) instanceof Take take && take.test().takes(c)) {
                    next.start(alive[i] + 1, at + 1);
                }
            }
        }

        Threads cleared() {
            for (int i = 0; i < count; i++) {
                known[alive[i]] = false;
            }
            count = 0;
            found = false;
            return this;
        }

        private boolean isAt(Place place, int at) {
            return switch (place) {
                case BEGIN -> at == 0;
                case END -> at == text.length();
                case WORD_EDGE -> isWord(at - 1) != isWord(at);
                case NO_WORD_EDGE -> isWord(at - 1) == isWord(at);
            };
        }

        private boolean isWord(int at) {
            return at >= 0 && at < text.length() && CharacterTest.WORD.takes(text.charAt(at));
        }
    }
}
