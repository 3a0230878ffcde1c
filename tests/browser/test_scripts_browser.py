"""The scripts of the training page, saved by one reader into one folder."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page


def test_the_scripts_of_all_runs_work_side_by_side(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """Python looks for modules in the folder of the script first: none of them may have the name of one."""
    page = open_page("training?init=random&init=same&init=zeros&init=Xavier&init=He")
    buttons = page.get_by_role("button", name="as a script").all()
    for button in buttons:
        with page.expect_download() as download:
            button.click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
    scripts = sorted(tmp_path.iterdir())
    assert len(scripts) == len(buttons) == 5
    for script in scripts:
        command = [sys.executable, script.name]
        result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert result.stderr == ""
        assert "break_epoch" in json.loads(result.stdout)
