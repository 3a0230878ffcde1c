"""The number format of all tables, sentences and formulas."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
NOISES = {10.0**power: f"{10.0**power:g}" for power in range(-12, 1)}
"""The noise amplitudes ε that pages offer, evenly spaced on a logarithmic scale, and how each is written."""


def plain(value: float | None, spec: str = ".4f") -> str:
    """A number for a table or sentence, in a format such as ".4f", "+.3f", ".6g" or "d"; a dash for None.

    Scientific notation replaces decimals that would all be 0, and numbers from 10,000 on. "0" means exactly 0.
    """
    if value is None:
        return "–"
    digits, exponent = _parts(value, spec)
    return f"{digits}·10{exponent.translate(SUPERSCRIPTS)}".replace("-", "−") if exponent else digits.replace("-", "−")


def latex(value: float, spec: str = ".4f") -> str:
    """The number as `plain` writes it, in LaTeX."""
    digits, exponent = _parts(value, spec)
    return rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits


def factor(written: str) -> str:
    """A written number as it appears after an operator: in parentheses if negative."""
    return f"({written})" if written.startswith(("-", "−")) else written


def exact(value: float) -> str:
    """Two digits, and a word that tells an exact 0 from a small number."""
    return "exactly 0" if value == 0 else plain(value, ".2g")


def _parts(value: float, spec: str) -> tuple[str, str]:
    """The digits, and the exponent of ten; "" if none is needed."""
    if value == 0:
        return "0", ""
    if spec.endswith("f"):
        decimals = int(spec[spec.index(".") + 1 : -1])
        if not 10.0**-decimals <= abs(value) < 1e4:
            spec = f"{spec[:-1]}e"
    digits, _, exponent = format(value, spec).partition("e")
    return digits, str(int(exponent)) if exponent else ""
