"""The second document's claims one by one, each with what is measured here, and the answer to the question."""

from collections.abc import Mapping

from pages.ui.numbers import exact, plain
from pages.ui.table import Table
from pages.ui.why_not_zero.tables import right_count, run_index, spreads
from tinynet import symmetry
from tinynet.arrays import Array
from tinynet.digits_history import History as DigitsHistory
from tinynet.digits_history import label_entropy
from tinynet.mnist import test_label_counts
from tinynet.training import History

STANDARD = symmetry.setting()
"""The settings that the claims are checked with, whatever the page is set to."""
ONE_UNIT = symmetry.setting(("constant",), 1)
NOISE = 1e-12
NOISY = symmetry.setting(("constant",), noise=NOISE)
"""The start that the question is about."""
QUESTION = (
    "Every weight of a 3-4-1 network starts at 0.5, plus a random difference of at most 10⁻¹². Does it learn more than "
    "four units that start exactly equal, and when could you see it?"
)


def claims(history: History, one_unit: History, losses: Mapping[str, Array], mnist: DigitsHistory) -> Table:
    """Each claim, and what is measured here.

    `history` is that of STANDARD, `one_unit` that of ONE_UNIT, `losses` those of the regressions by name, `mnist` the
    run from zeros.
    """
    ends = "; ".join(f"{name} {_pair(losses[name][-1])}" for name in ("linear", "logistic"))
    constant = run_index(STANDARD, "constant")
    learn = [str(right_count(history, run_index(STANDARD, init))) for init in symmetry.WITH_ZEROS[1:]]
    error, alone = symmetry.errors(history, constant)[1], symmetry.errors(one_unit, 0)[1]
    counts = test_label_counts()
    rows = {
        "Linear and logistic regression work from zeros.": f"True: their loss is convex. It ends at: {ends}.",
        "With all weights 0, a₁ = a₂, and the output is a fixed number.": "True: both are f(0) = 0, for every sample.",
        "Both units take the same step, however many rounds.": (
            f"True to the last bit: largest difference {exact(float(spreads(history, [constant]).max()))} in all "
            f"{history.last_epoch[constant] + 1} epochs."
        ),
        "On MNIST the loss does not change in 100 iterations.": (
            f"Nearly: {mnist.loss[0]:.6f} → {mnist.loss[-1]:.6f}. No image plays a part, but ten output biases learn "
            f"how often each digit occurs. The least loss without an image is their entropy, {label_entropy():.6f}."
        ),
        "The accuracy is 11.35%.": (
            f"True: ‘{counts.argmax()}’ is the most common digit of the training images, so it is the answer to all; "
            f"{counts.max():,} of {counts.sum():,} test images are one: {mnist.accuracy[-1]:.2%}."
        ),
        "With zeros, or any other common constant, the units are as good as one.": (
            f"True of what they compute: one unit with 4 times the output weight. Trained, they end elsewhere: error "
            f"{plain(error)} against {plain(alone)} of a single unit. At zero, units with f(0) = 0 are as good as none."
        ),
        "So the network cannot learn different features.": (
            "True, and equality is the reason, not zero: with zeros in the hidden layer, in the output layer, or "
            f"everywhere but in random hidden biases, {', '.join(learn)} of 20 are right."
        ),
    }
    return Table([["measured here"]], {claim: [found] for claim, found in rows.items()}, "the document", "claims")


def _pair(ends: Array) -> str:
    return f"{plain(ends[0])} from zeros and {plain(ends[1])} from random"


def answer(noisy: History, equal: History) -> str:
    """The answer to the question, from the history of NOISY and of STANDARD."""
    apart = symmetry.told_apart(noisy, 0)
    spread = spreads(noisy, [0])[:, 0]
    constant = run_index(STANDARD, "constant")
    seen = "never" if apart is None else f"after epoch {apart - 1}"
    return (
        f"Yes: {right_count(noisy, 0)} of 20 instead of {right_count(equal, constant)}. Equality is kept only if it is "
        f"exact; a difference of {plain(spread[0], '.1g')} grows to {plain(spread[-1], '.2g')}. It reaches "
        f"{symmetry.TOLD_APART:g}, about what a chart can show, {seen}. Try it in section 1 with noise ε = {NOISE:g}."
    )
