"""Learning in the plane: the command against plain Python, the best line against all lines, equal units."""

import json
import math
import random
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tinynet import plane, symmetry
from tinynet.__main__ import main
from tinynet.config import Start
from tinynet.datasets import Dataset
from tinynet.network import forward
from tinynet.plane import BestLine, best_line, different_lines
from tinynet.points import KINDS, Generated, Own, Row, as_rows, dataset
from tinynet.training import train

A, B = 1.716, 2 / 3
Matrix = list[list[float]]


def f(net: float) -> float:
    return A * math.tanh(B * net / 2)


def slope(net: float) -> float:
    k = 1 / (1 + math.exp(-B * net))
    return 2 * A * B * k * (1 - k)


def drawn(init: str, units: int, seed: int, value: float, noise: float) -> tuple[Matrix, list[float]]:
    """The initial weights: the hidden matrix row by row, then the output row; noise is drawn in the same order."""
    numbers = random.Random(seed)
    uniform = [[numbers.uniform(-1, 1) for _ in range(3)] for _ in range(units)]
    uniform.append([numbers.uniform(-1, 1) for _ in range(1 + units)])
    if init in ("xavier", "he"):
        numbers = random.Random(seed)
        rows = [[2, 2 + units if init == "xavier" else 2]] * units + [[units, units + 1 if init == "xavier" else units]]
        limits = [(fan_in, math.sqrt(6 / fans)) for fan_in, fans in rows]
        matrix = [[0.0, *(numbers.uniform(-limit, limit) for _ in range(fan_in))] for fan_in, limit in limits]
    elif init == "random":
        matrix = uniform
    else:
        level = value if init == "constant" else 0.0
        matrix = [[level + noise * one for one in row] for row in uniform]
    return matrix[:-1], matrix[-1]


def shuffled(order: list[int], numbers: random.Random) -> None:
    for i in range(len(order) - 1, 0, -1):
        j = int(numbers.random() * (i + 1))
        order[i], order[j] = order[j], order[i]


def learned(
    rows: Sequence[Row], hidden: Matrix, output: list[float], rate: float, epochs: int
) -> tuple[list[float], list[float], list[float]]:
    """Stochastic backprop by the formulas of the document; the weights are changed in place.

    The error and the accuracy of each epoch, of every point before its own step, and the spread after it.
    """
    numbers, order = random.Random(2019), list(range(len(rows)))
    errors, accuracies, spreads = [], [], []
    for _ in range(epochs):
        shuffled(order, numbers)
        error, right = 0.0, 0
        for place in order:
            x1, x2, label = rows[place]
            nets = [w[0] + w[1] * x1 + w[2] * x2 for w in hidden]
            values = [1.0, *(f(net) for net in nets)]
            net = sum(w * h for w, h in zip(output, values, strict=True))
            o, y = f(net), A * label
            error, right = error + (o - y) ** 2, right + (o * y > 0)
            delta = 2 * (o - y) * slope(net)
            for unit, w in enumerate(hidden):
                step = rate * delta * output[1 + unit] * slope(nets[unit])
                hidden[unit] = [w[0] - step, w[1] - step * x1, w[2] - step * x2]
            output[:] = [w - rate * delta * h for w, h in zip(output, values, strict=True)]
        errors.append(error / len(rows))
        accuracies.append(right / len(rows))
        spreads.append(max(max(column) - min(column) for column in zip(*hidden, strict=True)))
    return errors, accuracies, spreads


OWN = ((1.0, 2.5, 1), (-3.123456789, 0.5, -1), (4.0, -5.0, -1), (0.0, 0.0, 1), (-1.5, -2.25, 1))


@pytest.mark.parametrize(
    ("source", "init", "noise", "epochs"),
    [
        *((Generated("xor"), init, 0.0, 60) for init in plane.STARTS),
        (Generated("xor", seed=3), "constant", 0.01, 60),
        (Generated("moons", 30, 0.2, 7), "random", 0.0, 60),
        (Own(OWN), "he", 0.0, 400),
    ],
    ids=lambda value: value.name if isinstance(value, Generated) else "own" if isinstance(value, Own) else str(value),
)
def test_the_command_agrees_with_plain_python(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, source: Generated | Own, init: str, noise: float, epochs: int
) -> None:
    rows = as_rows(dataset(source))
    if isinstance(source, Own):
        file = tmp_path / "points.csv"
        file.write_text("x1,x2,label\n" + "".join(f"{x1},{x2},{label}\n" for x1, x2, label in rows))
        data = ["--points", str(file)]
    else:
        data = ["--data", source.name, "--points-count", str(source.points), "--noise", str(source.noise)]
        data += ["--data-seed", str(source.seed)]
    start = ["--init", init, "--init-seed", "5", "--constant", "0.5", "--noise-on-weights", str(noise)]
    training = ["--hidden-units", "3", "--max-epochs", str(epochs), "--format", "json"]
    assert main(["plane", *data, *start, *training]) == 0
    result = json.loads(capsys.readouterr().out)

    hidden, output = drawn(init, 3, 5, 0.5, noise)
    initial = {"hidden": [row.copy() for row in hidden], "output": output.copy()}
    errors, accuracies, spreads = learned(rows, hidden, output, 0.05, epochs)

    assert list(result) == ["training_error", "accuracy", "spread", "break_epoch", "initial", "final"]
    assert result["break_epoch"] is None
    assert result["initial"] == initial
    assert result["accuracy"] == accuracies
    np.testing.assert_allclose(result["training_error"], errors, rtol=0, atol=1e-9)
    np.testing.assert_allclose(result["spread"], spreads, rtol=0, atol=1e-9)
    np.testing.assert_allclose(result["final"]["hidden"], hidden, rtol=0, atol=1e-9)
    np.testing.assert_allclose(result["final"]["output"], output, rtol=0, atol=1e-9)


def test_xor_is_learned_from_random_weights_and_not_from_equal_ones() -> None:
    starts = [Start("zeros"), Start("constant", value=0.5), *(Start("random", seed) for seed in range(5))]
    xor = dataset(Generated())
    for hidden_units in (1, 4, 8):
        history = train(plane.setting(starts, hidden_units), xor)
        assert history.accuracy[:, :2].max() < 0.6, hidden_units
        if hidden_units > 1:
            assert (history.accuracy[-1, 2:] == 1).all(), hidden_units


def test_equal_units_stay_on_one_line_and_do_no_better_than_one() -> None:
    moons = dataset(Generated("moons"))
    for hidden_units in range(1, 17):
        history = train(plane.setting([Start("constant", value=0.5)], hidden_units, max_epochs=40), moons)
        assert symmetry.spread(history.hidden).max() == 0.0
        assert different_lines(history.weights(0, 40).hidden) == (tuple(range(hidden_units)),)
        answers = forward(history.weights(0, 40), list(moons.inputs.T)).output[0]
        assert np.count_nonzero(answers * moons.labels > 0) <= best_line(moons).correct


def test_lines_are_grouped_by_proportion_and_units_without_weights_have_none() -> None:
    rows = [[1.0, 2.0, 0.0], [0.0, 0.0, 1.0], [-0.5, -1.0, 0.0], [3.0, 0.0, 0.0], [1.0, 2.0, 1e-300], [0.0, 0.0, -7.0]]
    assert different_lines(np.array(rows)) == ((0, 2), (1, 5), (4,))
    assert different_lines(np.zeros((4, 3))) == ()


@pytest.mark.parametrize("hidden_units", [0, 17])
def test_hidden_units_are_1_to_16(hidden_units: int) -> None:
    with pytest.raises(
        ValueError, match=f"^hidden units must be a whole number from 1 to 16, received {hidden_units}$"
    ):
        plane.setting([Start("zeros")], hidden_units)


def most_on_one_line(rows: Iterable[Row]) -> int:
    """By trying lines between points: near each pair, every way to pass both, in fractions."""
    exact = [(Fraction(str(x1)), Fraction(str(x2)), label) for x1, x2, label in rows]
    labels = [label for *_, label in exact]
    best = max(labels.count(1), labels.count(-1))
    small = Fraction(1, 10**60)
    for (a1, a2, _), (b1, b2, _) in combinations(exact, 2):
        for s, t in ((small, small), (small, -small), (-small, small), (-small, -small)):
            # the line through both points, each moved a little across the line
            across = (a2 - b2, b1 - a1)
            first = (a1 + s * across[0], a2 + s * across[1])
            along = (b1 + t * across[0] - first[0], b2 + t * across[1] - first[1])
            sides = [along[0] * (x2 - first[1]) - along[1] * (x1 - first[0]) for x1, x2, _ in exact]
            correct = sum(side * label > 0 for side, label in zip(sides, labels, strict=True))
            wrong = sum(side * label < 0 for side, label in zip(sides, labels, strict=True))
            best = max(best, correct, wrong)
    return best


def right(rows: Sequence[Row], line: BestLine) -> int:
    bias, w1, w2 = line.weights
    return sum((bias + w1 * x1 + w2 * x2) * label > 0 for x1, x2, label in rows)


def points_on_a_lattice(step: float, numbers: random.Random) -> Dataset:
    """Up to 12 points on few places, so that many lie on one line or on each other; one class is allowed too."""
    size, count = numbers.choice([(1, 4), (5, 1), (3, 3), (4, 4)]), numbers.randint(2, 12)
    places = [[round(step * numbers.randrange(extent), 15) for extent in size] for _ in range(count)]
    return Dataset(np.array(places), np.array([numbers.choice([A, -A]) for _ in places]))


@pytest.mark.parametrize("step", [1.0, 0.123456789012345])
def test_the_best_line_is_that_of_brute_force(step: float) -> None:
    numbers = random.Random(1)
    for _ in range(25):
        points = points_on_a_lattice(step, numbers)
        rows = as_rows(points)
        found = best_line(points)
        assert found.correct == most_on_one_line(rows) == right(rows, found), rows


@pytest.mark.parametrize(
    ("step", "offsets"),
    [(0.1, [0.0]), (0.1000000000000001, [0.0, 2e-13, -1e-13])],
    ids=["on one line only as decimals", "almost on one line, and int64 would overflow"],
)
def test_the_best_line_is_exact_where_rounding_changes_sides(step: float, offsets: list[float]) -> None:
    numbers = random.Random(1)
    for _ in range(15):
        rows = [
            (round(k * step, 16), round(3 * k * step + numbers.choice(offsets), 15), numbers.choice([1, -1]))
            for k in range(9)
        ]
        points = Dataset(np.array([row[:2] for row in rows]), np.array([A * row[2] for row in rows]))
        assert best_line(points).correct == most_on_one_line(rows), rows


@pytest.mark.parametrize("name", KINDS)
def test_the_best_line_has_as_many_points_on_the_right_side_as_it_says(name: str) -> None:
    points = dataset(Generated(name, 200, 0.5))
    found = best_line(points)
    assert right(as_rows(points), found) == found.correct


def test_the_best_line_keeps_its_distance_and_is_none_where_the_largest_class_is_the_best() -> None:
    assert best_line(dataset(Own(((-1.0, 3.0, -1), (3.0, 3.0, 1))))) == BestLine(2, (-1.0, 1.0, 0.0))
    same = best_line(dataset(Own(((1.0, 1.0, -1), (1.0, 1.0, 1), (1.0, 1.0, -1)))))
    assert same == BestLine(2, (-1.0, 0.0, 0.0))
