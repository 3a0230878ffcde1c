"""The library that computes numpy's matrix products."""

import ctypes
from functools import cache
from pathlib import Path

import numpy as np


@cache
def one_thread_a_product() -> int:
    """Let the OpenBLAS that numpy's wheels bring compute a product in the thread that asks for it.

    Its threads wait for each other in a loop. The images keep memory busy, so two are no faster than one, and where
    something else (a browser, another viewer) needs a core they are several times slower. It holds for the process.
    Gives the number of libraries that were found: none if numpy came with another BLAS.
    """
    place = Path(np.__file__).parents[1] / "numpy.libs"
    libraries = [ctypes.CDLL(str(file)) for file in place.glob("*openblas*")]
    setters = [getattr(library, "scipy_openblas_set_num_threads64_", None) for library in libraries]
    found = [setter for setter in setters if setter]
    for setter in found:
        setter(1)
    return len(found)
