"""What a server takes of its machine (Linux): the process, and all that it has started and that runs now."""

import os
from pathlib import Path


def processor_seconds(pid: int) -> float:
    """What the server's processes and their threads have used so far."""
    used = (int(fields[11]) + int(fields[12]) for fields in family(pid).values())
    return sum(used) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(pid: int) -> float:
    """The memory that the largest of the server's processes holds."""
    return max(int(fields[21]) for fields in family(pid).values()) * os.sysconf("SC_PAGE_SIZE") / 1e6


def family(pid: int) -> dict[int, list[str]]:
    """What Linux says of each process, from its state on, by its number."""
    known = {int(path.name): _fields(path) for path in Path("/proc").glob("[0-9]*")}
    found = [pid]
    for one in found:  # grows as it goes
        found += [child for child, fields in known.items() if fields and int(fields[1]) == one]
    return {one: known[one] for one in found if known.get(one)}


def _fields(process: Path) -> list[str]:
    """Nothing once the process has ended."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
