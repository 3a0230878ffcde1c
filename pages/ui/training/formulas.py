"""Problem 2 as the document derives it: text and LaTeX."""

from pages.ui.numbers import plain
from pages.ui.table import Table
from tinynet.activations import A
from tinynet.published import LEARNING_RATE, THETA

ASKED = (
    "A 3-1-1 network learns 20 samples of two classes by stochastic backpropagation, and the training error of every "
    "epoch is asked for. It starts twice: (a) from random weights, (b) from equal weights throughout each layer, 0.5 "
    "and −0.5. What is the difference?"
)
"""The task of problem 2."""
SYMBOLS = (
    r"h = f\left(w^{(1)} \begin{bmatrix} 1 \\ x \end{bmatrix}\right)",
    r"o = f\left(w^{(2)} \begin{bmatrix} 1 \\ h \end{bmatrix}\right)",
    r"o = f\left(w^{(2)} \begin{bmatrix} 1 \\ f\left(w^{(1)} \begin{bmatrix} 1 \\ x \end{bmatrix}\right) "
    r"\end{bmatrix}\right)",
)
"""The network in symbols."""
LOSS = (
    (
        "**The loss** of the network on $m$ samples is the mean squared error. With $m = 20$ it is the training error "
        "above, where each sample is measured before its own step.",
        r"l = \frac{1}{m} \sum_{i=1}^{m} \left(o^{(i)} - y^{(i)}\right)^2",
    ),
    ("Stochastic gradient descent takes one sample at a time, so that the sum has one term.", "l = (o - y)^2"),
)
"""Each part as text in Markdown, then its formulas."""
GRADIENTS = (
    (
        "**Back from the loss to the output weights.** From $l = (o - y)^2$ and $o = f(net_o)$:",
        r"\frac{\partial l}{\partial o} = 2(o - y)",
        r"\frac{\partial o}{\partial w^{(2)}} = f'(net_o) \begin{bmatrix} 1 & h \end{bmatrix}",
    ),
    (
        "**Further back to the hidden weights**, through the weight that $h$ has in $o$. From $h = f(net_h)$:",
        r"\frac{\partial o}{\partial h} = f'(net_o)\, w^{(2)}_1",
        r"\frac{\partial h}{\partial w^{(1)}} = f'(net_h) \begin{bmatrix} 1 & x_1 & x_2 & x_3 \end{bmatrix}",
    ),
    (
        "**The step**: the factors multiplied, times the learning rate. Both use the $w^{(2)}_1$ from before it.",
        r"w^{(2)} \leftarrow w^{(2)} - \eta\, \frac{\partial l}{\partial o}\, \frac{\partial o}{\partial w^{(2)}}",
        r"w^{(1)} \leftarrow w^{(1)} - \eta\, \frac{\partial l}{\partial o}\, \frac{\partial o}{\partial h}\,"
        r"\frac{\partial h}{\partial w^{(1)}}",
    ),
)
ACTIVATION = (
    (
        r"**f is the logistic function** $\sigma$, stretched to $2a$ and moved down by $a$, "
        rf"with $a = {A}$ and $b = \tfrac{{2}}{{3}}$.",
        r"f(net) = \frac{2a}{1 + e^{-b \cdot net}} - a = 2a\,\sigma(b \cdot net) - a",
    ),
    (
        r"**Its derivative**, with $x = b \cdot net$ and $k = \sigma(x)$, whose own derivative is $k(1 - k)$:",
        r"f'(net) = 2a \cdot \frac{d\sigma}{dx} \cdot \frac{dx}{d\,net} = 2a \cdot k(1 - k) \cdot b",
        r"f'(net) = 2ab\, k(1 - k) = \frac{b}{2a}\left(a^2 - f(net)^2\right)",
    ),
    (
        "**Why the labels are ±1.716.** They are the limits of $f$: where $\\sigma$ tends to 0 and 1, $f$ tends to "
        "$2a \\cdot 0 - a = -1.716$ and $2a \\cdot 1 - a = 1.716$. (The document puts −1 and 1 in place of 0 and 1 "
        f"there; that would give {plain(-3 * A, '.3f')} for the lower one.) An output only comes close to its "
        "label.",
    ),
)


def algorithm() -> Table:
    """Each line of Algorithm 1 beside how the document reads it."""
    rows = {
        "1": ["begin: network, w, criterion θ, η, m ← 0", f"3-1-1, θ = {THETA:g}, η = {LEARNING_RATE:g}"],
        "2": ["do m ← m + 1", "m counts epochs, not samples: an epoch passes all 20 samples once"],
        "3": [
            "xᵐ ← a pattern chosen at random",
            "the samples are shuffled before each epoch, and each of its 20 steps takes the next one",
        ],
        "4": [
            "wᵢⱼ ← wᵢⱼ + η δⱼ xᵢ;  wⱼₖ ← wⱼₖ + η δₖ yⱼ",
            "one step of gradient descent in both layers, where −δ is the derivative of the loss by net",
        ],
        "5": [
            "until |∇J(w)| < θ",
            "the mean gradient of an epoch: each of the six derivatives averaged over the 20 steps, then the mean of "
            "their absolute values",
        ],
        "6": ["return w", "and the epoch of the stop, counted from 0: the break epoch"],
        "7": ["end", ""],
    }
    return Table([["Algorithm 1, stochastic backpropagation", "how the document reads it"]], rows, "line", "words")
