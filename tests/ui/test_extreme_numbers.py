"""At the limits of every setting there is a result or an error message, without a warning and without nan in a text.

Warnings are errors in every test.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product

import numpy as np
import pyarrow as pa
import pytest

from pages.ui.decision_regions import formulas
from pages.ui.decision_regions import saved as saved_regions
from pages.ui.decision_regions import tables as regions_tables
from pages.ui.digits import charts as digits_charts
from pages.ui.digits import saved as saved_digits
from pages.ui.digits import tables as digits_tables
from pages.ui.digits import verdicts as digits_verdicts
from pages.ui.network import tables as network
from pages.ui.sweep import minima, verdicts
from pages.ui.sweep import saved as saved_sweep
from pages.ui.sweep import tables as sweep_tables
from pages.ui.table import Table
from pages.ui.theme import COLOURINGS
from pages.ui.training import microscope as microscope_tables
from pages.ui.training import outcomes, quiz
from pages.ui.training import saved as saved_training
from pages.ui.training import tables as training_tables
from pages.ui.training.script import script
from pages.ui.why_not_zero import formulas as symmetry_formulas
from pages.ui.why_not_zero import tables as symmetry_tables
from tests.runs import swept
from tinynet import digits, digits_history, digits_network, microscope, regions, symmetry
from tinynet.config import LARGEST_CONSTANT, LARGEST_LEARNING_RATE, LARGEST_SEED, SMALLEST_LEARNING_RATE, Config, Start
from tinynet.datasets import TWENTY
from tinynet.fingerprint import fingerprint, results
from tinynet.network import LARGEST_WEIGHT, Weights
from tinynet.published import COMPARED
from tinynet.sweep import Plan, Runs
from tinynet.training import History, train

RATES = (SMALLEST_LEARNING_RATE, 1000.0, LARGEST_LEARNING_RATE)
THETAS = (0.0, 1e6)
"""The limits of the pages."""
SEEDS = (0, LARGEST_SEED)
SCALES = (1e-12, LARGEST_CONSTANT)
ENDS = [(rate, theta, *drawn) for rate, theta, drawn in product(RATES, THETAS, zip(SEEDS, SCALES, strict=True))]
EPOCHS = 4
WEIGHTS = (0.0, 1.0, 1e-300, 5e-324, LARGEST_WEIGHT)
NO_NUMBER = re.compile(r"\b(None|(?i:nan|inf|infinity))\b")


def check_tables(tables: Mapping[str, pa.Table]) -> None:
    """Every number of a chart is finite or missing, and the limits of its axis differ."""
    for name, table in tables.items():
        for column in table.column_names:
            values = [value for value in table[column].to_pylist() if isinstance(value, float)]
            assert np.isfinite(values).all(), (name, column)
    if "limits" in tables and "value" in tables["limits"].column_names:
        low, high = tables["limits"]["value"].to_pylist()
        assert low < high


def check_words(texts: Iterable[str | Table]) -> None:
    """No text contains nan, infinity or None."""
    for text in texts:
        written = text.html() if isinstance(text, Table) else text
        assert not NO_NUMBER.search(written), written


def check_history(history: History) -> None:
    """All values up to the last epoch of each run are finite."""
    for run, last in enumerate(history.last_epoch):
        for values in (history.training_error, history.accuracy, history.gradient):
            assert np.isfinite(values[: last + 1, run]).all()
        for matrices in (history.hidden, history.output):
            assert np.isfinite(matrices[: last + 2, ..., run]).all()


@pytest.fixture(params=ENDS, ids=str)
def config(request: pytest.FixtureRequest) -> Config:
    """All runs that the page of problem 2 can compare, with every setting at a limit."""
    rate, theta, seed, scale = request.param
    return Config(tuple(Start(init, seed, scale=scale) for init in COMPARED), seed, rate, theta, EPOCHS)


def test_a_training_and_everything_on_its_page(config: Config) -> None:
    history = train(config)
    check_history(history)
    runs, end = training_tables.run_names(config), history.epochs
    for done in (0, 1, end):
        for quantity in training_tables.QUANTITIES:
            check_tables(training_tables.quantity_datasets(history, config, quantity, done, ""))
        for run in range(len(runs)):
            weights = history.weights(run, done)
            check_tables(network.drawing(weights) | training_tables.output_datasets(weights, run, "weights", ""))
        check_words([training_tables.summary(history, config, done), training_tables.weights(history, config, done)])
    check_words([*outcomes.statements(history, config), saved_training.as_csv(history, runs, end)])
    check_words(script(config, run).replace("), None\n", ")\n") for run in range(len(runs)))
    assert "NaN" not in saved_training.as_json(history, config, end)
    assert fingerprint(results(history))


def test_a_step_under_the_microscope_and_its_quiz(config: Config) -> None:
    history = train(config)
    for run, number in product(range(len(config.starts)), (1, 20)):
        step = microscope.step_of(history, config, run, history.last_epoch[run], number)
        ways = (microscope_tables.forward_lines, microscope_tables.backward_lines, microscope_tables.descent_lines)
        check_words(text for way in ways for line in way(step) for text in line)
        check_words(
            [microscope_tables.title(step, 0, number), microscope_tables.table(step), microscope_tables.agreement(step)]
        )
        check_words(quiz.judge(step, key, answer) for key in quiz.QUESTIONS for answer in (0.0, 5e-324, -1e308))


@pytest.mark.parametrize(("rate", "theta", "seed", "scale"), ENDS)
def test_a_sweep_and_everything_on_its_page(rate: float, theta: float, seed: int, scale: float) -> None:
    seeds = range(seed - 2, seed + 1) if seed else range(3)
    config = Config((Start("random", scale=scale), Start("same")), 0, rate, theta, EPOCHS)
    plan = Plan(config, seeds, seeds[:2])
    runs = swept(plan)
    assert np.isfinite([runs.training_error, runs.accuracy, runs.best_accuracy]).all()
    for sorting in ("order_seed", "earlier", "same_break_epoch"):
        check_tables(sweep_tables.strips(runs, plan, sorting))
    check_words([sweep_tables.progress_text(runs, plan, False, 0.0, 0), saved_sweep.as_csv(runs), verdicts.table(runs)])
    check_words([verdicts.note(runs), verdicts.answer(runs, plan)])
    drawn, same = minima.runs_of_order(runs, seeds[0])
    check_words([minima.table(drawn, same)])
    for quantity in (quantity for row in minima.ROWS for quantity in row):
        check_tables(minima.histogram(drawn, same, quantity, drawn))
    epoch, stops = minima.commonest_stop(drawn)
    if stops:
        check_why_they_stop(plan, drawn, seeds[0], epoch, stops)


def check_why_they_stop(plan: Plan, drawn: Runs, order_seed: int, epoch: int, stops: int) -> None:
    few = minima.first_runs_config(plan, order_seed, drawn)
    history = train(few)
    alike = microscope.gradients_from(history.weights(0, 0), few, minima.epochs_around(few, epoch))
    check_tables(minima.stops_together(history, few, epoch, alike))
    check_words([minima.stop_explanation(len(drawn), epoch, stops, alike, history, few)])


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(("value", "noise"), [(5e-324, 0.0), (LARGEST_CONSTANT, 0.0), (-LARGEST_CONSTANT, 1.0)])
@pytest.mark.parametrize(("units", "seed"), [(1, 0), (2, LARGEST_SEED), (64, 0)])
def test_symmetry_and_everything_on_its_page(rate: float, value: float, noise: float, units: int, seed: int) -> None:
    config = symmetry.setting(symmetry.STARTS, units, value, noise, seed, seed, rate, 0.0, EPOCHS)
    history = train(config)
    check_history(history)
    random = symmetry_tables.run_index(config, "random")
    for run in range(len(config.starts)):
        end, runs = history.epochs, (run, random)
        check_tables(symmetry_tables.units(history, run, "o", end, ""))
        check_tables(symmetry_tables.spread_chart(history, runs, end, ""))
        check_tables(symmetry_tables.gradient_chart(history, config, run, end, ""))
        check_tables(symmetry_tables.against_random(history, "training_error", runs, end, ""))
        assert np.isfinite(symmetry_tables.series(history, config, *runs)["weights"]).all()
        check_words([symmetry_tables.statement(history, config, run)])
    check_tables(symmetry_tables.zeros_that_learn(history, config))
    check_words([symmetry_tables.cases(history, config)])
    step = symmetry.first_step(symmetry_tables.two_equal(config), 0)
    check_words(text for lines in symmetry_formulas.in_numbers(step) for text in lines)


@pytest.mark.parametrize(
    ("activation", "rate"),
    [("tanh", SMALLEST_LEARNING_RATE), *((name, LARGEST_LEARNING_RATE) for name in digits_network.ACTIVATIONS)],
)
@pytest.mark.parametrize(
    ("init", "seed", "constant"),
    [
        ("zeros", 0, 0.5),
        ("constant", 0, LARGEST_CONSTANT),
        ("constant", 0, -LARGEST_CONSTANT),
        ("he", LARGEST_SEED, 0.5),
    ],
)
def test_a_run_on_mnist_and_everything_on_its_page(
    init: str, seed: int, constant: float, activation: str, rate: float
) -> None:
    # many units and four steps: with ReLU and the largest η the loss soon overflows
    config = digits.DigitsConfig(init, 64, activation, rate, 4, False, seed, constant)
    history = digits_history.train(config)
    assert np.isfinite([history.loss, history.spread, history.hidden_gradient, history.output_gradient]).all()
    for quantity in digits_charts.LOOKS:
        check_tables(digits_tables.quantity_datasets([config], [history], quantity))
    check_tables(digits_tables.answers([config], [history]))
    check_words([digits_tables.summary([config], [history]), *digits_verdicts.statements([config], [history])])
    for drawn in (digits_tables.weight_images, digits_tables.predictions_html):
        check_words([re.sub('"data:[^"]*"', "", drawn([config], [history]))])
    check_words([saved_digits.as_csv([config], [history])])
    assert "NaN" not in saved_digits.as_json([config], [history])


def test_weights_too_small_to_scale_up_still_have_a_picture() -> None:
    config = digits.DigitsConfig("constant", 4, "tanh", SMALLEST_LEARNING_RATE, 1, constant=5e-324)
    assert digits_tables.weight_images([config], [digits_history.train(config)]).count("<img") == 4


@pytest.mark.parametrize("constant", [-LARGEST_CONSTANT, LARGEST_CONSTANT])
@pytest.mark.parametrize("activation", digits_network.ACTIVATIONS)
def test_equal_outputs_have_the_loss_of_a_guess_whatever_their_size(activation: str, constant: float) -> None:
    config = digits.DigitsConfig("constant", 64, activation, SMALLEST_LEARNING_RATE, 1, constant=constant)
    assert digits_history.train(config).loss == pytest.approx([np.log(10)] * 2, rel=1e-6)


def test_a_very_large_loss_is_shown_with_four_digits() -> None:
    config = digits.DigitsConfig("he", 4, "relu", LARGEST_LEARNING_RATE, 2)
    (loss,) = digits_tables.summary([config], [digits_history.train(config)]).rows["loss, now"]
    assert re.fullmatch(r"\d\.\d{6}·10[⁰¹²³⁴⁵⁶⁷⁸⁹]+", loss)


def extreme_matrices() -> Iterator[Weights]:
    """2-2-1 networks with the smallest and the largest weights, each in every place."""
    for shift, step in product(range(len(WEIGHTS) * 2), (1, 3, 7)):
        signed = [sign * weight for weight in WEIGHTS for sign in (1, -1)]
        flat = np.array([signed[(shift + step * place) % len(signed)] for place in range(9)])
        yield Weights(flat[:6].reshape(2, 3), flat[6:].reshape(1, 3))


@pytest.mark.parametrize("weights", list(extreme_matrices()))
def test_decision_regions_and_everything_on_their_page(weights: Weights) -> None:
    found, before = regions.decide(weights), regions.decide(regions.PRESETS["a"])
    assert np.isfinite(found.hidden).all()
    assert np.isfinite(found.output).all()
    assert found.positive + found.negative == 10_000
    for colouring in COLOURINGS.values():
        view = regions_tables.View("", lines=True, contour=True, signs=True, changed=True)
        check_tables(regions_tables.datasets(found, before, view, colouring, (0.0, 0.0)))
        check_words([regions_tables.counts(found, colouring)])
    check_tables(network.drawing(weights))
    check_words([regions_tables.effect(before, found), *chain(*formulas.all_of(weights)), saved_regions.as_csv(found)])
    for x1, x2 in ((0.0, 0.0), (-5.0, 4.9), (5e-324, -5.0)):
        check_words([regions_tables.way_forward(weights, x1, x2), regions_tables.answer(weights, x1, x2)])
    assert regions_tables.fingerprint_of(found)


@pytest.mark.parametrize("size", [LARGEST_WEIGHT, -LARGEST_WEIGHT])
def test_a_step_to_an_infinite_weight_is_refused_in_words(size: float) -> None:
    weights = Weights(np.zeros((1, 4)), np.array([[0.0, size]]))
    with pytest.raises(ValueError, match=r"hidden weight 1,0 must be between -1e\+300 and 1e\+300, received -?inf"):
        microscope.step(weights, 0, LARGEST_LEARNING_RATE)


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("size", [LARGEST_WEIGHT, -LARGEST_WEIGHT])
def test_central_differences_stay_within_the_range_of_the_weights(place: int, size: float) -> None:
    flat = np.zeros(6)
    flat[place] = size
    weights = Weights(flat[:4].reshape(1, 4), flat[4:].reshape(1, 2))
    for sample in range(len(TWENTY.labels)):
        differences = microscope.central_differences(weights, sample)
        assert np.isfinite([*differences.hidden.ravel(), *differences.output.ravel()]).all()
