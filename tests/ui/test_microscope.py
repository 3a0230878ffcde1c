"""One step as formulas, as a table and as questions: what is shown is what is so, and a slip is called by its name."""

import re

import numpy as np
import pytest

from pages.ui import numbers
from pages.ui.training import microscope, quiz, recipes
from pages.ui.training.tables import WEIGHTS
from tests.runs import initial_weights
from tinynet.activations import A, slope
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.microscope import Step, step, step_of
from tinynet.network import Weights
from tinynet.published import COMPARED
from tinynet.training import History, train

ONE = step(Weights(np.array([[0.1, 0.2, -0.3, 0.4]]), np.array([[0.3, -0.6]])), 3, 0.05)
"""x = (-0.44, 1.18, -4.32), y = a: net_h = -2.07, net_o = 0.91, so no two slips are near each other by chance."""
WILD = Config(tuple(Start(init, 3) for init in COMPARED), learning_rate=1000.0, theta=0.0, max_epochs=5)
WAYS = (microscope.forward_lines, microscope.backward_lines, microscope.descent_lines)
CALM = Config(tuple(Start(init, 3) for init in COMPARED))


def some_steps(config: Config, history: History) -> list[Step]:
    """The first steps of each run, and some of its last epoch."""
    return [
        step_of(history, config, run, epoch, number)
        for run, last in enumerate(history.last_epoch)
        for epoch in (0, last)
        for number in (1, 2, 20)
    ]


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    """Calm ones, some from zeros, and some whose weights have grown beyond all bounds."""
    return [ONE, *(one for config in (CALM, WILD) for one in some_steps(config, train(config)))]


def lines_of(one: Step) -> list[str]:
    return [latex for way in WAYS for _, latex in way(one)]


def values(latex: str) -> list[float]:
    """The numbers with four decimals in a formula."""
    return [float(text) for text in re.findall(r"-?\d+\.\d{4}(?!\d)", latex)]


# Formulas.


def test_the_formulas_show_the_numbers_of_the_step() -> None:
    forward, backward = microscope.forward_lines(ONE), microscope.backward_lines(ONE) + microscope.descent_lines(ONE)
    way, gradient = ONE.forward, ONE.gradient
    results = [way.hidden_net.item(), way.hidden.item(), way.output_net.item(), way.output.item(), ONE.loss]
    assert [values(latex)[-1] for _, latex in forward] == pytest.approx(results, abs=5e-5)
    ends: list[list[float]] = [
        [ONE.error_slope],
        [ONE.output_slope],
        gradient.output[0].tolist(),
        [ONE.before.output[0, 1]],
        ONE.hidden_slope.tolist(),
        gradient.hidden[0].tolist(),
        ONE.change.output[0].tolist(),
        ONE.after.output[0].tolist(),
        ONE.change.hidden[0].tolist(),
        ONE.after.hidden[0].tolist(),
    ]
    for (_, latex), end in zip(backward, ends, strict=True):
        assert values(latex)[-len(end) :] == pytest.approx(end, abs=5e-5)


def test_a_formula_stands_in_symbols_then_with_numbers_then_with_its_result() -> None:
    assert microscope.forward_lines(ONE)[0][1] == (
        r"\begin{aligned} net_h &= w^{(1)}_0 + w^{(1)}_1 x_1 \\ &\quad + w^{(1)}_2 x_2 + w^{(1)}_3 x_3"
        r" \\[3pt] &= 0.1000 + 0.2000 \cdot (-0.44) \\ &\quad + (-0.3000) \cdot 1.18 + 0.4000 \cdot (-4.32)"
        r" \\[3pt] &= -2.0700 \end{aligned}"
    )
    assert microscope.backward_lines(ONE)[5][1].startswith(
        r"\begin{aligned} \frac{\partial l}{\partial w^{(1)}} &= 2(o - y)\, f'(net_o)\, w^{(2)}_1\, f'(net_h)"
    )


def test_every_formula_is_whole(steps: list[Step]) -> None:
    for latex in (latex for one in steps for latex in lines_of(one)):
        depths = np.cumsum([{"{": 1, "}": -1}.get(letter, 0) for letter in latex])
        assert depths.min() >= 0
        assert depths[-1] == 0
        begins, ends = (re.findall(rf"\\{word}{{(\w+)}}", latex) for word in ("begin", "end"))
        assert sorted(begins) == sorted(ends)
        assert latex.count("(") == latex.count(")")
        assert "nan" not in latex
        assert "inf" not in latex


def test_a_negative_number_after_an_operator_is_in_parentheses(steps: list[Step]) -> None:
    for latex in (latex for one in steps for latex in lines_of(one)):
        assert not re.search(r"(\\cdot|[+-]|\d) *-\d", latex.replace(" - 1.716", "").replace("10^{-", "")), latex
        assert not re.search(r"-[\d.]+(e-?\d+)?\^2", latex), latex


def test_no_line_is_too_wide_for_a_column(steps: list[Step]) -> None:
    """Some 55 characters of KaTeX fill 600 px; a vector is as wide as its widest number."""
    for latex in (latex for one in steps for latex in lines_of(one)):
        narrow = re.sub(r"\\begin{bmatrix} (.*?) \\end{bmatrix}", lambda cells: widest(cells[1]), latex)
        for line in narrow.split(r"\\"):
            assert len(set_text(line)) <= 55, line


def widest(cells: str) -> str:
    return f"[{max((set_text(cell) for cell in cells.split(chr(92) * 2)), key=len)}]"


def set_text(latex: str) -> str:
    """About what is printed of a formula: no commands, no braces, no spaces; of a fraction all."""
    return re.sub(r"\\(begin|end){aligned}|\\[a-z]+|\\,|[{}&^_ ]", "", latex.replace(r"\cdot", "·"))


def test_each_question_hides_its_numbers_and_all_that_follow() -> None:
    for place, key in enumerate(quiz.QUESTIONS):
        hidden = quiz.hidden_from(key)
        assert hidden == [*list(quiz.QUESTIONS)[place:], "change", "after"]
        shown = [line for way in WAYS for line in way(ONE, hidden)]
        answer = numbers.latex(quiz.right_answer(ONE, key))
        assert not any(answer in latex for _, latex in shown), key
    assert len(values(microscope.forward_lines(ONE, quiz.hidden_from("h"))[0][1])) == 5


def test_nothing_hidden_is_everything_and_all_hidden_are_symbols() -> None:
    everything = quiz.hidden_from("net_h")
    for lines in WAYS:
        assert lines(ONE, ()) == lines(ONE)
        symbols = [latex for _, latex in lines(ONE, everything)]
        given = lines is microscope.backward_lines  # ∂net_o/∂h is
        assert sum(bool(values(latex)) for latex in symbols) == given


def test_the_frames_are_of_one_hidden_unit() -> None:
    two = step(initial_weights("random", 3, 2, 0), 0, 0.1)
    with pytest.raises(ValueError, match="size 1"):
        microscope.forward_lines(two)


# The table.


def test_the_table_has_a_row_for_each_weight() -> None:
    sheet = microscope.table(ONE)
    assert list(sheet.rows) == [*WEIGHTS.values()]
    assert all(len(row) == len(sheet.heads[0]) for row in sheet.rows.values())
    before, chain, differences, error, change, after = sheet.rows["output h"]
    assert (before, chain) == ("−0.6000", numbers.plain(ONE.gradient.output[0, 1]))
    assert differences == chain
    assert "·10⁻" in error
    assert (change, after) == (numbers.plain(ONE.change.output[0, 1]), numbers.plain(ONE.after.output[0, 1]))
    assert sheet.rows["hidden x₃"][0] == "0.4000"


def test_from_zeros_the_table_says_exactly_zero() -> None:
    sheet = microscope.table(step(initial_weights("zeros", 3, 1, 0), 4, 0.1))
    for name in [name for name in WEIGHTS.values() if name != "output bias"]:
        assert sheet.rows[name] == ["0"] * 6
    assert sheet.rows["output bias"][1] != "0"


def test_the_table_of_any_step_is_of_finite_numbers(steps: list[Step]) -> None:
    for one in steps:
        cells = [cell for row in microscope.table(one).rows.values() for cell in row]
        assert not any("nan" in cell or "inf" in cell for cell in cells)


def test_how_far_the_gradients_are_apart_is_said() -> None:
    assert re.match(r"The two gradients differ by at most \d\.\d·10⁻¹[⁰¹]\. Central", microscope.agreement(ONE))


# The questions.


@pytest.mark.parametrize("key", quiz.QUESTIONS)
def test_the_right_answer_is_right(steps: list[Step], key: str) -> None:
    for one in steps:
        exact = quiz.right_answer(one, key)
        assert quiz.judge(one, key, exact).startswith("Right: ")
        assert quiz.judge(one, key, exact * 1.009).startswith("Right: ")
        assert quiz.judge(one, key, exact + np.copysign(4.9e-4, exact)).startswith("Right: ")
        assert quiz.judge(one, key, round(exact, 3)).startswith("Right: ")


@pytest.mark.parametrize("key", quiz.QUESTIONS)
def test_the_factors_of_a_question_make_its_answer(steps: list[Step], key: str) -> None:
    for one in steps:
        terms = [np.prod([factor.value for factor in term]) for term in recipes.recipe(one, key).terms]
        assert sum(terms) == pytest.approx(quiz.right_answer(one, key), rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("key", quiz.QUESTIONS)
def test_every_slip_is_called_by_its_name(key: str) -> None:
    slips = quiz.slips(ONE, key)
    assert len({slip.words for slip in slips}) == len(slips) > 5
    assert all(slip.words.startswith(("with ", "without ")) for slip in slips)
    for slip in slips:
        said = quiz.judge(ONE, key, slip.value)
        assert said == f"Not yet: this is what you get {slip.words}." or is_near(
            slip.value, quiz.right_answer(ONE, key)
        ), slip


def is_near(value: float, exact: float) -> bool:
    return abs(value - exact) <= max(0.01 * abs(exact), 5e-4)


@pytest.mark.parametrize("key", quiz.QUESTIONS)
def test_any_slip_of_any_step_gets_a_sentence(steps: list[Step], key: str) -> None:
    for one in steps:
        for slip in quiz.slips(one, key):
            assert re.fullmatch(r"(Right|Not yet): [^\n]+\.", quiz.judge(one, key, slip.value))


SLOPE_O, SLOPE_H = float(slope(ONE.forward.output.item())), float(slope(ONE.forward.hidden.item()))
NET_H, VALUE_H, NET_O, VALUE_O = (
    value.item() for value in (ONE.forward.hidden_net, ONE.forward.hidden, ONE.forward.output_net, ONE.forward.output)
)
DELTA_O = 2 * (VALUE_O - A) * SLOPE_O
USUAL = [
    ("net_h", NET_H - 0.1, "without w⁽¹⁾₀"),
    ("net_h", NET_H - 2 * 0.4 * -4.32, "with the sign of w⁽¹⁾₃ · x₃ reversed"),
    ("net_h", NET_H + 0.3 * 1.18 - 0.3, "without x₂"),
    ("h", NET_H, "with net_h in place of f(net_h)"),
    ("h", -VALUE_H, "with the sign of f(net_h) reversed"),
    ("net_o", 0.3 - 0.6 * NET_H, "with net_h in place of h"),
    ("o", NET_O, "with net_o in place of f(net_o)"),
    ("o", VALUE_O + A, "with 2a / (1 + e^(−b·net_o)), without − a, in place of f(net_o)"),
    ("loss", VALUE_O - A, "with o − y in place of (o − y)²"),
    ("loss", (VALUE_O - A) ** 2 / 2, "with ½ multiplied in"),
    ("error_slope", 2 * (A - VALUE_O), "with y − o in place of o − y, the sign reversed"),
    ("error_slope", VALUE_O - A, "without 2"),
    ("error_slope", 4 * (VALUE_O - A), "with a further 2 multiplied in"),
    ("error_slope", 0.05 * 2 * (VALUE_O - A), "with the learning rate η multiplied in"),
    ("error_slope", 2 * (NET_O - A), "with net_o − y in place of o − y"),
    ("output_slope", float(slope(NET_O)), "with a² − net_o² in place of (a² − f(net_o)²)"),
    ("output_slope", SLOPE_H, "with a² − f(net_h)² in place of (a² − f(net_o)²)"),
    ("output_slope", A**2 - VALUE_O**2, "without b / 2a"),
    ("output_bias_gradient", 2 * (VALUE_O - A), "without f'(net_o)"),
    ("output_bias_gradient", DELTA_O * VALUE_H, "with h multiplied in"),
    ("output_gradient", DELTA_O, "without h, which is the gradient of the bias"),
    ("output_gradient", DELTA_O * VALUE_H / 2, "without 2"),
    ("output_gradient", DELTA_O * NET_H, "with net_h in place of h"),
    ("output_gradient", 2 * (VALUE_O - A) * SLOPE_H * VALUE_H, "with f'(net_h) in place of f'(net_o)"),
    ("output_gradient", DELTA_O * VALUE_H * 0.05, "with the learning rate η multiplied in"),
    ("hidden_slope", -SLOPE_H, "with the sign of b / 2a · (a² − f(net_h)²) reversed"),
    ("hidden_bias_gradient", DELTA_O * SLOPE_H, "without w⁽²⁾₁"),
    ("hidden_bias_gradient", DELTA_O * -0.6, "without f'(net_h)"),
    ("hidden_bias_gradient", DELTA_O * -0.6 * SLOPE_H * -0.44, "with x₁ multiplied in"),
    ("hidden_gradient", DELTA_O * -0.6 * SLOPE_H, "without x₁, which is the gradient of the bias"),
    ("hidden_gradient", 2 * (VALUE_O - A) * -0.6 * SLOPE_H * -0.44, "without f'(net_o)"),
    ("hidden_gradient", DELTA_O * -0.6 * SLOPE_O * -0.44, "with f'(net_o) in place of f'(net_h)"),
    (
        "hidden_gradient",
        DELTA_O * ONE.after.output[0, 1] * SLOPE_H * -0.44,
        "with w⁽²⁾₁ after the step in place of w⁽²⁾₁",
    ),
]
"""The slips that a class makes, their numbers worked out here."""


@pytest.mark.parametrize(("key", "answer", "words"), USUAL)
def test_a_usual_slip_is_recognised_by_its_number(key: str, answer: float, words: str) -> None:
    for typed in (answer, float(f"{answer:.4g}")):
        assert quiz.judge(ONE, key, typed) == f"Not yet: this is what you get {words}."


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("net_h", "Not yet: check w⁽¹⁾₀, w⁽¹⁾₁ · x₁, w⁽¹⁾₂ · x₂ and w⁽¹⁾₃ · x₃."),
        ("h", "Not yet: check f(net_h)."),
        ("error_slope", "Not yet: check 2 and o − y."),
        ("hidden_gradient", "Not yet: check 2, o − y, f'(net_o), w⁽²⁾₁, f'(net_h) and x₁."),
    ],
)
def test_an_answer_of_no_known_slip_names_what_to_check(key: str, sentence: str) -> None:
    assert quiz.judge(ONE, key, 123.0) == sentence


@pytest.mark.parametrize("answer", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("key", quiz.QUESTIONS)
def test_an_answer_that_is_no_number_is_told_what_is_allowed(key: str, answer: float) -> None:
    assert quiz.judge(ONE, key, answer) == f"The answer must be a finite number, received {answer:g}."


def test_the_exact_value_is_said_in_six_digits() -> None:
    assert quiz.judge(ONE, "net_h", -2.07) == "Right: −2.07."
    assert quiz.judge(ONE, "loss", ONE.loss) == f"Right: {ONE.loss:.6g}."


def test_more_than_one_percent_off_is_not_right() -> None:
    for factor in (0.989, 1.011):
        assert quiz.judge(ONE, "net_h", NET_H * factor).startswith("Not yet")


def small(bias: float) -> Step:
    """A step whose net_o and o are near 0, and with them the gradient of w⁽²⁾₁."""
    return step(Weights(np.array([[1e-4, 0.0, 0.0, 0.0]]), np.array([[bias, 0.0]])), 0, 0.1)


def test_a_small_product_must_have_its_sign_and_a_sum_may_be_rounded_across_zero() -> None:
    one = small(1e-4)
    exact = quiz.right_answer(one, "output_gradient")
    assert 0 < abs(exact) < 5e-4
    assert quiz.judge(one, "output_gradient", -exact).endswith("the sign reversed.")
    assert quiz.judge(one, "output_gradient", 0.0).startswith("Right")
    assert quiz.judge(one, "net_o", -1e-4).startswith("Right")


def test_of_slips_with_the_same_number_the_first_is_named() -> None:
    """With w⁽²⁾₀ = 1, leaving w⁽²⁾₁ out and taking w⁽²⁾₀ for it are the same."""
    one = step(Weights(ONE.before.hidden, np.array([[1.0, -0.6]])), 3, 0.05)
    without = quiz.right_answer(one, "hidden_bias_gradient") / -0.6
    assert quiz.judge(one, "hidden_bias_gradient", without) == "Not yet: this is what you get without w⁽²⁾₁."
    numbers = [slip.value for slip in quiz.slips(one, "hidden_bias_gradient")]
    assert len(set(np.round(numbers, 9))) == len(numbers)


def test_a_slip_that_gives_the_right_number_is_none() -> None:
    """From zeros h = net_h = 0: both slopes are the same, and every product with h is 0."""
    zeros = step(initial_weights("zeros", 3, 1, 0), 4, 0.1)
    words = [slip.words for slip in quiz.slips(zeros, "output_gradient")]
    assert "with net_h in place of h" not in words
    assert "without h, which is the gradient of the bias" in words
    assert quiz.judge(zeros, "hidden_gradient", 0.0) == "Right: 0."


def test_every_question_has_words_and_a_recipe() -> None:
    assert all(quiz.QUESTIONS.values())
    assert set(recipes.SUMS) | set(recipes.PRODUCTS) == set(quiz.QUESTIONS)
    assert not set(recipes.SUMS) & set(recipes.PRODUCTS)
    assert TWENTY.inputs[3].tolist() == ONE.x.tolist()
