"""What the runs on MNIST do instead of learning, in sentences, and what common ways to draw the weights are for."""

from collections.abc import Sequence

from pages.ui.digits.tables import different_units_text, given_answers, run_name
from pages.ui.numbers import plain
from tinynet.digits import BATCH, VARIANCES, DigitsConfig, is_frozen
from tinynet.digits_history import End, History, case, losses
from tinynet.digits_network import ROWS
from tinynet.mnist import PIXELS
from tinynet.symmetry import Case, different_units


def statements(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> list[str]:
    """A sentence about each run that does not learn, and one on what the runs are trained on."""
    pairs = list(zip(configs, histories, strict=True))
    return [*(sentence for pair in pairs if (sentence := _sentence(*pair))), _training_sentence(configs, histories)]


def _training_sentence(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> str:
    """What one step of each run is taken on."""
    trained: dict[str, list[str]] = {}
    for config in configs:
        trained.setdefault(_training(config), []).append(run_name(config.init))
    equal = any(
        different_units(history.final) < config.hidden_units for config, history in zip(configs, histories, strict=True)
    )
    once = " Equal units are computed once and shown as many." if equal else ""
    taken = "; ".join(f"{words} ({', '.join(names)})" for words, names in trained.items())
    return f"Each step takes {taken}.{once}"


def _training(config: DigitsConfig) -> str:
    if is_frozen(config):
        return "all 60,000 training labels, because the images play no part"
    return "all 10,000 training images" if config.full_batch else f"{BATCH} of 10,000 training images"


def _sentence(config: DigitsConfig, history: History) -> str:
    """What a run that does not learn does instead."""
    kind = case(config, history)
    if kind is Case.LEARNING:
        return ""
    say = {
        Case.FROZEN: _frozen,
        Case.SATURATED: _saturated,
        Case.SYMMETRIC: _symmetric,
        Case.DIVERGED: _diverged,
        Case.DIFFERENT: _different,
    }
    loss = " to ".join(plain(value, ".6f") for value in losses(config, history))
    images = "" if config.full_batch else f" of the first {ROWS:,} training images"
    return (
        f"**{run_name(config.init)}: {kind.value}.** {say[kind](config, history)} The loss{images} goes from {loss}; "
        f"{history.accuracy[-1]:.2%} of the test images are right ({given_answers(history)})."
    )


def _frozen(config: DigitsConfig, history: History) -> str:
    # the loss of mini-batches also rises by chance
    rises = (config.full_batch or is_frozen(config)) and history.loss[-1] > history.loss[0]
    far = f" With η = {config.learning_rate:g} the steps are too long even for that." if rises else ""
    return (
        f"All {config.hidden_units} hidden units answer exactly 0, and every gradient except those of the output's "
        "biases is exactly 0. All that the biases can learn is how often each digit occurs in the training labels."
        f"{far}"
    )


def _saturated(config: DigitsConfig, history: History) -> str:
    return f"Hardly any slope is left at any hidden unit, so none can follow: {different_units_text(config, history)}."


def _symmetric(config: DigitsConfig, history: History) -> str:
    return f"The weights move, but all {config.hidden_units} hidden units as one: largest difference exactly 0."


def _diverged(config: DigitsConfig, history: History) -> str:
    done = len(history.loss) - 1
    gone = f" until it is no longer a finite number, after iteration {done}" if history.end is End.DIVERGED else ""
    return f"With η = {config.learning_rate:g} the loss rises{gone}: {different_units_text(config, history)}."


def _different(config: DigitsConfig, history: History) -> str:
    return "That alone is not learning: the loss does not fall far enough below that of answering without looking."


def method_sentences(hidden_units: int) -> list[str]:
    """What good initial weights do, and one sentence on each common method: its variance, and what that is for."""
    uniform, xavier, he = (f"{variance(PIXELS, hidden_units):.5f}" for variance in VARIANCES.values())
    return [
        "Good initial weights let the training converge fast, and keep signals and gradients from vanishing or "
        "exploding from layer to layer.",
        f"**Uniform random** draws from uniform(−1, 1), variance 1/3 = {uniform} whatever the size of the layer: "
        f"{PIXELS} inputs of 1 and the bias give a net of variance {(PIXELS + 1) / 3:.0f}, and many units start "
        "saturated.",
        f"**Xavier** (Glorot and Bengio, 2010) has the variance 2 / (fan in + fan out), here 2 / ({PIXELS} + "
        f"{hidden_units}) = {xavier}: signals keep their size on the way forward, and gradients on the way back.",
        f"**He** (He et al., 2015) has the variance 2 / fan in, here 2 / {PIXELS} = {he}: twice what keeps the size of "
        f"a signal, because a ReLU lets only half of it through.",
    ]
