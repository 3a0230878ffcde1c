"""The controls of the training page: what is trained in the sidebar."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.ui.fields import learning_rate, random_range, threshold, whole
from pages.ui.last_good import last_good
from pages.ui.theme import RUN_NAMES
from pages.ui.training import state
from tinynet.config import LARGEST_SEED, Config, Start
from tinynet.published import COMPARED, RESULTS

MOST_EPOCHS = 5000
"""What one page trains within a second or two; the command line goes further."""


def settings() -> tuple[Config, str]:
    """The sidebar. Gives what to train, and why not what was asked for, if that cannot be trained."""
    with st.sidebar:
        _published()
        inits = st.pills(
            "Initialisation",
            list(COMPARED),
            selection_mode="multi",
            default=["random", "same"],
            format_func=RUN_NAMES.__getitem__,
            key="init",
            bind="query-params",
            persist_state="session",
            help="Where the weights start. Each choice is a run and a line in every chart; all see the samples in one "
            "order.",
        )
        default = Config()
        seed = whole(
            "Init seed", "seed", default.starts[0].seed, "Draws the weights of random, Xavier and He.", 0, LARGEST_SEED
        )
        order = whole(
            "Order seed", "order", default.order_seed, "Draws the order of the samples in every epoch.", 0, LARGEST_SEED
        )
        eta = learning_rate(
            "eta",
            default.learning_rate,
            "How far one step goes along the gradient. Too large, and the lines jump, then go flat.",
        )
        theta = threshold(
            "theta",
            default.theta,
            "A run stops after the epoch in which its gradient is below θ, the dashed line of the gradient chart.",
        )
        epochs = whole(
            "Most epochs", "epochs", default.max_epochs, "Where a run ends that θ does not stop.", 1, MOST_EPOCHS
        )
        scale = random_range(
            "range", "Drawn weights are multiplied by it: at 0.5, those of random lie between -0.5 and 0.5."
        )
    chosen = tuple(init for init in COMPARED if init in inits)
    return last_good(
        "training_config",
        lambda: Config(tuple(Start(init, seed, scale=scale) for init in chosen), order, eta, theta, epochs),
        Config(),
    )


def _published() -> None:
    st.markdown("Published comparisons", help="The three the document prints: this init seed, random against same.")
    with st.container(horizontal=True, gap="small"):
        for result in RESULTS:
            if result.init_seed is not None:
                st.button(
                    str(result.init_seed),
                    key=f"published_{result.init_seed}",
                    on_click=state.choose,
                    args=(Config((Start("random", result.init_seed), Start("same"))),),
                )


def scripts(runs: Sequence[str], written: Sequence[Callable[[], str]]) -> None:
    """A button for each run that saves it as a script, under a name that hides no module of Python beside it."""
    for run, text in zip(runs, written, strict=True):
        st.download_button(
            f"{RUN_NAMES[run]} as a script",
            text,
            f"tinynet_{run}.py",
            "text/x-python",
            on_click="ignore",
            key=f"script_{run}",
            help="Saves this run in some lines of Python that need numpy alone, and print the same weights.",
        )
