package dev.berth.intake;

import dev.berth.contract.Answer;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * One asker who waits for an image. Its name is known to whoever sees progress and may leave; an asker without a name
 * stays to the end. Belongs to intake's context.
 */
final class Watch {
    private static final Refused CANCELLED = new Refused(Refused.Reason.UNAVAILABLE, "Operation cancelled");

    private final String name;
    private final Wish wish;
    private final boolean lasting;
    private final Promise<Void> left = Promise.promise();

    /**
     * @param name of an operation, or empty
     * @param lasting true when the image is wanted even if the asker leaves
     */
    Watch(String name, Wish wish, boolean lasting) {
        this.name = name;
        this.wish = wish;
        this.lasting = lasting;
    }

    String name() {
        return name;
    }

    Wish wish() {
        return wish;
    }

    boolean isNamed() {
        return !name.isEmpty();
    }

    boolean isLasting() {
        return lasting;
    }

    boolean hasLeft() {
        return left.future().isComplete();
    }

    void leave() {
        left.tryComplete();
    }

    /** Goes on only for those who still wait: what was asked by somebody who left must not happen any more. */
    <T> Future<T> stillWanted(T value) {
        return hasLeft() ? Future.failedFuture(new RefusedException(CANCELLED)) : Future.succeededFuture(value);
    }

    /** What {@code work} answers, or at once that it was cancelled when this asker leaves. */
    <T> Future<Answer<T>> unlessLeft(Future<Answer<T>> work) {
        Promise<Answer<T>> first = Promise.promise();
        work.onSuccess(first::tryComplete).onFailure(first::tryFail);
        left.future().onSuccess(gone -> first.tryComplete(Answer.no(CANCELLED)));
        return first.future();
    }
}
