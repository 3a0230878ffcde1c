"""What may be in a link to each page, and what reads a file that is given to it."""

from collections.abc import Callable, Sequence
from typing import Any

from pages.ui.decision_regions import controls as regions
from pages.ui.fields import Entries, Parameter
from pages.ui.sweep import controls as sweep
from pages.ui.training import controls as training
from pages.ui.why_not_zero import controls as why_not_zero

PARAMETERS: dict[str, Sequence[Parameter]] = {
    "decision_regions": regions.PARAMETERS,
    "training": training.PARAMETERS,
    "why_not_zero": why_not_zero.PARAMETERS,
    "sweep": sweep.PARAMETERS,
}
RESTORED: dict[str, Callable[[dict[str, Any]], Entries]] = {
    "decision_regions": regions.restored,
    "training": training.restored,
    "why_not_zero": why_not_zero.restored,
    "sweep": sweep.restored,
}
