package dev.berth.lxd.filter;

import dev.berth.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A parsed filter, good for one list: its patterns share a budget of steps. One thread.
 *
 * <p>The empty filter matches everything. Clauses are evaluated strictly from left to right, without precedence.
 */
public final class ImageFilter implements Predicate<Image> {
    private final List<Term> terms;

    private ImageFilter(List<Term> terms) {
        this.terms = terms;
    }

    /**
     * @param filter as the client sent it; null and empty mean all
     * @throws InvalidFilter when it is not understood: a broken clause, an unknown field, a value of the wrong type
     */
    public static ImageFilter parse(String filter) {
        StepBudget budget = new StepBudget();
        List<Term> terms = new ArrayList<>();
        for (Clause clause : ClauseReader.read(filter == null ? "" : filter)) {
            Predicate<Image> equal = ImageFields.equal(clause.field(), clause.value(), budget);
            boolean turned = clause.not() == clause.equal();
            terms.add(new Term(clause.or(), turned ? equal.negate() : equal));
        }
        return new ImageFilter(List.copyOf(terms));
    }

    /** @throws InvalidFilter when the patterns have taken too many steps by now */
    @Override
    public boolean test(Image image) {
        boolean matches = true;
        for (Term term : terms) {
            matches = term.or ? matches | term.test.test(image) : matches && term.test.test(image);
        }
        return matches;
    }

    private record Term(boolean or, Predicate<Image> test) {}
}
