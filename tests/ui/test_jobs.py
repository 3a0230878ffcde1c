"""Work in the background: who works, who waits, and what is seen of it."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from pages.ui import jobs
from pages.ui.fair_lock import FairLock
from pages.ui.jobs import Job, Work


def counting(total: int) -> Job[list[int]]:
    """A job that counts; its result is how far it is and whether it has ended."""
    done: list[int] = []

    def work() -> Iterator[int]:
        for number in range(1, total + 1):
            done.append(number)
            yield number

    return Job(total, work(), lambda ended: [*done, -1] if ended else [*done])


@pytest.fixture
def work() -> Callable[..., Work]:
    def work(*totals: int) -> Work:
        return Work("test", tuple(counting(total) for total in totals))

    return work


def test_a_job_is_done_in_parts_and_its_result_says_whether_it_has_ended() -> None:
    job = counting(2)
    job.advance()
    assert (job.done, job.ended, job.result()) == (1, False, [1])
    job.advance()
    assert (job.done, job.ended, job.result()) == (2, True, [1, 2, -1])


def test_a_job_that_ends_before_its_time_has_ended() -> None:
    job: Job[str] = Job(100, iter([7]), lambda ended: "done" if ended else "not done")
    job.advance()
    assert (job.ended, job.result()) == (False, "not done")
    job.advance()
    assert (job.done, job.ended, job.result()) == (7, True, "done")


def test_of_several_jobs_the_one_that_is_furthest_behind_goes_on(work: Callable[..., Work]) -> None:
    both = work(3, 3)
    for _ in range(4):
        both.advance()
    assert [job.done for job in both.jobs] == [2, 2]
    assert (both.share_done, both.ended) == (4 / 6, False)


def test_work_waits_for_those_before_it_until_they_have_ended_or_are_left(
    work: Callable[..., Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LEFT_SECONDS", 1e-9)
    jobs.ahead(work(1))  # the viewers of other tests have left
    monkeypatch.setattr(jobs, "LEFT_SECONDS", 60.0)
    first, second, third, fourth = (work(1) for _ in range(4))
    assert [jobs.ahead(one) for one in (second, third, fourth)] == [0, 1, 2]
    second.advance()
    assert [jobs.ahead(one) for one in (third, fourth, first)] == [0, 1, 2]
    monkeypatch.setattr(jobs, "LEFT_SECONDS", 1e-9)
    assert jobs.ahead(fourth) == 0


def test_work_is_not_left_while_a_part_of_it_takes_its_time(
    work: Callable[..., Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LEFT_SECONDS", 1e-9)
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1)
    behind = work(1)
    seen: list[int] = []

    def slow_part() -> Iterator[int]:
        seen.append(jobs.ahead(behind))
        yield 1

    slow = Work("test", (Job(2, slow_part(), lambda ended: None),))
    jobs.ahead(slow)
    slow.advance()
    assert seen == [1]
    assert jobs.ahead(behind) == 0  # nobody does a part of it now


def test_who_comes_first_computes_first_and_nobody_beside() -> None:
    lock = FairLock()
    order: list[int] = []
    inside: list[int] = []

    def compute(number: int) -> None:
        with lock.turn():
            inside.append(number)
            order.append(number)
            assert inside == [number]
            inside.clear()

    threads = [threading.Thread(target=compute, args=(number,)) for number in range(5)]
    with lock.turn():
        for number, thread in enumerate(threads):
            thread.start()
            while lock.waiting <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_a_turn_that_fails_is_over() -> None:
    lock = FairLock()
    with pytest.raises(ValueError, match="lost"), lock.turn():
        raise ValueError("lost")
    with lock.turn():
        assert lock.waiting == 0
