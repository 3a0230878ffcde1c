"""How numbers are written: the one formatter of tables, sentences and formulas."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def plain(value: float | None, spec: str = ".4f") -> str:
    """A number for a table or a sentence, by a format such as ".4f", "+.3f", ".6g" or "d"; a dash for None.

    Decimals give way to a power of ten where they would say nothing (below the last one) or too much (from 10,000 on).
    "0" is exactly 0.
    """
    if value is None:
        return "–"
    digits, exponent = _parts(value, spec)
    return f"{digits}·10{exponent.translate(SUPERSCRIPTS)}".replace("-", "−") if exponent else digits.replace("-", "−")


def latex(value: float, spec: str = ".4f") -> str:
    """The same number in LaTeX."""
    digits, exponent = _parts(value, spec)
    return rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits


def factor(written: str) -> str:
    """A number after an operator: a negative one in parentheses."""
    return f"({written})" if written.startswith(("-", "−")) else written


def exact(value: float) -> str:
    """Two digits, and a word that tells 0 from what is only small."""
    return "exactly 0" if value == 0 else plain(value, ".2g")


def _parts(value: float, spec: str) -> tuple[str, str]:
    """The digits, and the exponent of ten to write beside them; none if it is not needed."""
    if value == 0:
        return "0", ""
    if spec.endswith("f"):
        decimals = int(spec[spec.index(".") + 1 : -1])
        if not 10.0**-decimals <= abs(value) < 1e4:
            spec = f"{spec[:-1]}e"
    digits, _, exponent = format(value, spec).partition("e")
    return digits, str(int(exponent)) if exponent else ""
