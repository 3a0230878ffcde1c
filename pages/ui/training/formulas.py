"""Problem 2 as formulas: the text and LaTeX of each part of a step."""

from tinynet.activations import A
from tinynet.published import THETA

STEPS = (
    (
        "**Forward.** Hidden unit and output have the same activation; the labels are its limits.",
        r"h = f(w^{(1)}_0 + w^{(1)}_1 x_1 + w^{(1)}_2 x_2 + w^{(1)}_3 x_3), \qquad o = f(w^{(2)}_0 + w^{(2)}_1 h)",
        rf"f(net) = \frac{{2a}}{{1 + e^{{-b \cdot net}}}} - a, \quad a = {A},\ b = \tfrac{{2}}{{3}}, \quad y = \pm a",
    ),
    (
        "**The loss of one sample and its gradient** by the chain rule.",
        r"l = (o - y)^2, \qquad f'(net) = \frac{b}{2a}\,(a^2 - f(net)^2)",
        r"\frac{\partial l}{\partial w^{(2)}} = 2(o - y)\, f'(net_o) \begin{bmatrix} 1 \\ h \end{bmatrix}, \qquad"
        r"\frac{\partial l}{\partial w^{(1)}} = 2(o - y)\, f'(net_o)\, w^{(2)}_1\, f'(net_h)"
        r"\begin{bmatrix} 1 \\ x_1 \\ x_2 \\ x_3 \end{bmatrix}",
    ),
    (
        "**One step for each sample**, in an order that is shuffled anew in every epoch.",
        r"w \leftarrow w - \eta\, \frac{\partial l}{\partial w}",
    ),
    (
        "**Stop** after the epoch in which the six derivatives, each averaged over the 20 samples, are small. "
        f"The document takes θ = {THETA:g}.",
        r"\frac{1}{6} \sum_{i=1}^{6} \left| \frac{1}{20} \sum_{s=1}^{20}"
        r"\frac{\partial l_s}{\partial w_i} \right| < \theta",
    ),
)
"""Each part as text in Markdown, then its formulas."""
