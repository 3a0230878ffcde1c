"""Builds mnist.npz from the four original files of MNIST, unpacked: `python -m tinynet.data.build_mnist FOLDER`.

The same files give the same bytes, for nothing of the time or the place of building is kept.
"""

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tinynet.mnist import ARCHIVE, DIGITS, PIXELS, pack

SHIPPED_TRAINING_IMAGES = 10_000
MD5 = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
"""The original files, not compressed."""
IMAGES_START, LABELS_START = 16, 8
"""Bytes before the pixels and before the labels: the IDX format's magic number and sizes."""


def read(file: Path, md5: str, start: int) -> NDArray[np.uint8]:
    """The bytes of an original file from `start` on, shape (bytes,). Raises ValueError if its md5 is another."""
    content = file.read_bytes()
    received = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if received != md5:
        raise ValueError(f"{file.name} must have the md5 {md5}, received {received}")
    return np.frombuffer(content, np.uint8, offset=start)


def members(folder: Path) -> dict[str, NDArray[np.generic]]:
    """The arrays of the archive by name. Raises ValueError if a file in `folder` is not the original."""
    starts = (IMAGES_START, LABELS_START) * 2
    train_pixels, train_labels, test_pixels, test_labels = (
        read(folder / name, md5, start) for (name, md5), start in zip(MD5.items(), starts, strict=True)
    )
    return {
        "train_pixels": pack(train_pixels.reshape(-1, PIXELS)[:SHIPPED_TRAINING_IMAGES]),
        "train_labels": train_labels[:SHIPPED_TRAINING_IMAGES],
        "train_label_counts": np.bincount(train_labels, minlength=DIGITS),
        "test_pixels": pack(test_pixels.reshape(-1, PIXELS)),
        "test_labels": test_labels,
    }


def build(folder: Path, archive: Path = ARCHIVE) -> None:
    """Write the archive from the original files in `folder`; numpy dates each member 1 January 1980."""
    np.savez_compressed(archive, **members(folder))  # type: ignore[arg-type]  # the names are not its options


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the archive that is shipped from the folder on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tinynet.data.build_mnist", description="Build mnist.npz.")
    parser.add_argument("folder", type=Path, help="where the four original files are, unpacked")
    folder = parser.parse_args(arguments).folder
    try:
        build(folder)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    print(f"{ARCHIVE}: {ARCHIVE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
