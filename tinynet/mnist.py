"""The part of MNIST that is shipped: all test images, the first 10,000 training images, and all label counts."""

import ctypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIDE = 28
PIXELS = SIDE * SIDE
DIGITS = 10
GREYS = 15
"""The largest value of a 4-bit pixel: 0 is the paper, 15 the darkest ink."""
ARCHIVE = Path(__file__).parent / "data" / "mnist.npz"


@dataclass(frozen=True, eq=False)
class Images:
    """Handwritten digits: `pixels` (images, 784), from 0 to 1, in rows from the top, and `labels` (images,)."""

    pixels: NDArray[np.float32]
    labels: NDArray[np.int64]


@cache
def training_images() -> Images:
    """The first 10,000 of the 60,000 training images. The arrays are shared and read-only."""
    return _images("train")


@cache
def test_images() -> Images:
    """All 10,000 test images. The arrays are shared and read-only."""
    return _images("test")


def label_counts() -> NDArray[np.int64]:
    """How often each digit occurs among all 60,000 training labels, (10,)."""
    return _member("train_label_counts").astype(np.int64)


def test_label_counts() -> NDArray[np.int64]:
    """How often each digit occurs among the 10,000 test labels, (10,). The images are not read."""
    return np.bincount(_member("test_labels"), minlength=DIGITS)


def pack(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Round 8-bit pixels (…, 784) to 4 bits and put two into each byte (…, 392), the left one in the upper half."""
    greys = np.rint(pixels / (255 / GREYS)).astype(np.uint8)
    return (16 * greys[..., ::2] + greys[..., 1::2]).astype(np.uint8)


def unpack(packed: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The pixels (…, 784), from 0 to 1, of bytes (…, 392) from `pack`."""
    pixels = np.empty((*packed.shape[:-1], 2 * packed.shape[-1]), np.float32)
    pixels[..., ::2] = packed >> 4
    pixels[..., 1::2] = packed & GREYS
    pixels /= GREYS
    return pixels


@cache
def one_thread_a_product() -> int:
    """Make the OpenBLAS of numpy's wheels compute each matrix product in the calling thread, for the whole process.

    Its threads wait for each other in busy loops. With products of images, which are limited by memory, two threads are
    no faster than one, and several times slower when another process needs a core. Returns the number of libraries
    found: 0 if numpy uses another BLAS.
    """
    place = Path(np.__file__).parents[1] / "numpy.libs"
    libraries = [ctypes.CDLL(str(file)) for file in place.glob("*openblas*")]
    setters = [getattr(library, "scipy_openblas_set_num_threads64_", None) for library in libraries]
    found = [setter for setter in setters if setter]
    for setter in found:
        setter(1)
    return len(found)


def _images(part: str) -> Images:
    images = Images(unpack(_member(f"{part}_pixels")), _member(f"{part}_labels").astype(np.int64))
    images.pixels.flags.writeable = images.labels.flags.writeable = False
    return images


def _member(name: str) -> NDArray[np.uint8]:
    """One array of the archive, without reading the others."""
    with np.load(ARCHIVE) as archive:
        member: NDArray[np.uint8] = archive[name]
    return member
