"""The edits of the weights that can be undone: how many are kept, and in which order they come back."""

from streamlit.testing.v1 import AppTest

from pages.ui.decision_regions import edits


def keep(app: AppTest) -> None:
    app.run()
    assert not app.exception


def test_the_oldest_edits_are_forgotten() -> None:
    def script() -> None:
        from pages.ui.decision_regions import edits

        for number in range(edits.MOST + 20):
            edits.note({"h11": float(number)})
        now, seen = {"h11": -1.0}, []
        while edits.can_undo():
            seen.append(now := edits.undo(now))
        assert [cells["h11"] for cells in seen] == [float(number) for number in range(edits.MOST + 19, 19, -1)]
        again = []
        while edits.can_redo():
            again.append(now := edits.redo(now))
        assert [cells["h11"] for cells in again] == [*(float(number) for number in range(21, edits.MOST + 20)), -1.0]

    keep(AppTest.from_function(script))


def test_a_new_edit_leaves_nothing_to_redo() -> None:
    def script() -> None:
        from pages.ui.decision_regions import edits

        edits.note({"h11": 1.0})
        edits.undo({"h11": 2.0})
        assert edits.can_redo()
        edits.note({"h11": 1.0})
        assert not edits.can_redo()
        assert edits.redo({"h11": 5.0}) == {"h11": 5.0}

    keep(AppTest.from_function(script))


def test_a_hundred_are_kept() -> None:
    assert edits.MOST == 100
