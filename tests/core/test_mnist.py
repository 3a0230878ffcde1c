"""The subset of MNIST that is shipped, and the script that builds it."""

import hashlib
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tinynet import mnist
from tinynet.data import build_mnist


def test_all_test_images_and_the_first_10000_training_images_are_shipped() -> None:
    for images in (mnist.training_images(), mnist.test_images()):
        assert images.pixels.shape == (10_000, 784)
        assert images.pixels.dtype == np.float32
        assert (images.pixels.min(), images.pixels.max()) == (0, 1)
        assert images.labels.shape == (10_000,)


def test_one_is_the_most_common_digit_in_every_part() -> None:
    assert mnist.test_label_counts()[1] == 1135
    assert mnist.label_counts()[1] == 6742
    assert np.bincount(mnist.training_images().labels)[1] == 1127
    for counts in (
        mnist.test_label_counts(),
        mnist.label_counts(),
        np.bincount(mnist.training_images().labels),
    ):
        assert counts.argmax() == 1


def test_the_label_counts_cover_all_images() -> None:
    assert mnist.label_counts().sum() == 60_000
    assert np.array_equal(mnist.test_label_counts(), np.bincount(mnist.test_images().labels))


def test_the_images_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        mnist.test_images().pixels[0, 0] = 1


def test_every_byte_holds_two_pixels() -> None:
    every = np.arange(256, dtype=np.uint8)[None]
    assert np.array_equal(mnist.pack(np.rint(mnist.unpack(every) * 255).astype(np.uint8)), every)
    assert mnist.unpack(np.array([[0xF0]], np.uint8)).tolist() == [[1, 0]]


def test_four_bits_change_a_pixel_by_half_a_grey_at_most() -> None:
    pixels = np.arange(256, dtype=np.uint8)
    difference = mnist.unpack(mnist.pack(pixels)) - pixels / 255
    assert np.abs(difference).max() <= 8 / 255 + 1e-6


def test_a_test_image_looks_like_its_digit() -> None:
    """The first one is a 7: dark at the top, blank at the lower left."""
    image = mnist.test_images().pixels[0].reshape(28, 28)
    assert mnist.test_images().labels[0] == 7
    assert image[7:9, 6:20].mean() > 0.5
    assert image[14:, :8].sum() == 0


def test_the_archive_is_small() -> None:
    assert mnist.ARCHIVE.stat().st_size < 2_100_000


def test_the_archive_does_not_contain_the_time_it_was_built() -> None:
    with zipfile.ZipFile(mnist.ARCHIVE) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def original_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write files in the format of MNIST with 10,001 training images and one test image, and expect their md5."""
    rng = np.random.default_rng(1)
    sizes = {"train-images": 16 + 784 * 10_001, "train-labels": 8 + 10_001, "t10k-images": 16 + 784, "t10k-labels": 9}
    for name, size in sizes.items():
        file = folder / next(original for original in build_mnist.MD5 if original.startswith(name))
        file.write_bytes(rng.integers(0, 10, size, np.uint8).tobytes())
        monkeypatch.setitem(build_mnist.MD5, file.name, hashlib.md5(file.read_bytes()).hexdigest())


def test_building_twice_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original_files(tmp_path, monkeypatch)
    build_mnist.build(tmp_path, tmp_path / "once.npz")
    build_mnist.build(tmp_path, tmp_path / "again.npz")
    assert (tmp_path / "once.npz").read_bytes() == (tmp_path / "again.npz").read_bytes()


def test_the_first_10000_images_and_all_labels_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original_files(tmp_path, monkeypatch)
    members = build_mnist.members(tmp_path)
    assert members["train_pixels"].shape == (10_000, 392)
    assert members["train_labels"].shape == (10_000,)
    assert members["train_label_counts"].sum() == 10_001
    assert members["test_labels"].tolist() == list((tmp_path / "t10k-labels-idx1-ubyte").read_bytes()[8:])


@pytest.mark.parametrize("name", build_mnist.MD5)
def test_a_file_that_is_not_the_original_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original_files(tmp_path, monkeypatch)
    with (tmp_path / name).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ValueError, match=f"{name} must have the md5 {build_mnist.MD5[name]}, received "):
        build_mnist.members(tmp_path)


def test_a_folder_without_the_files_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = mnist.ARCHIVE.stat()
    with pytest.raises(SystemExit):
        build_mnist.main([str(tmp_path)])
    assert "train-images-idx3-ubyte" in capsys.readouterr().err
    assert mnist.ARCHIVE.stat() == before


def test_the_notice_names_the_authors_the_licence_and_the_changes() -> None:
    notice = (mnist.ARCHIVE.parent / "NOTICE.md").read_text(encoding="utf-8")
    for words in ("Yann LeCun", "Corinna Cortes", "Burges", "ShareAlike 3.0", "What was changed"):
        assert words in notice
