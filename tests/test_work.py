"""Workers go with the process that started them, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PARENT = """
import os, sys, time
from dragoman.work import executor_for

def pid(_):
    time.sleep(0.2)
    return os.getpid()

if __name__ == "__main__":
    with executor_for(2) as pool:
        print(*sorted(set(pool.map(pid, range(8)))), flush=True)
        time.sleep(600)
"""


def alive(process: int) -> bool:
    """Whether a process is there and no mere leftover entry."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_workers_end_with_their_parent(tmp_path: Path, how: signal.Signals) -> None:
    """Terminated, killed or left by its terminal: no worker outlives the reading."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(one) for one in parent.stdout.readline().split()]
        assert workers
        assert all(alive(one) for one in workers)
        os.kill(parent.pid, how)
        parent.wait(30)
    for _ in range(100):
        if not any(alive(one) for one in workers):
            break
        time.sleep(0.1)
    assert [one for one in workers if alive(one)] == []


def test_a_cluster_gives_the_same_readings_and_is_refused_where_nobody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read on workers of a local cluster, a folder gives the findings that it gives here; a wrong address is named."""
    pytest.importorskip("distributed")
    from dragoman.cli import run
    from dragoman.record import Record

    folder = tmp_path / "press"
    folder.mkdir()
    for number in range(3):
        text = f"Title: Talks {number}\nDate: 2021-06-0{number + 1}\n\nThe ministers of Peru and Chile met in Lima."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    found = []
    for name, options in (("here", []), ("there", ["--cluster", "local"])):
        record_path = tmp_path / f"{name}.sqlite"
        assert run(["read", str(folder), "--record", str(record_path), *options]) == 0
        with Record.open(record_path) as record:
            found.append([(row.kind, row.words, row.confidence) for row in record.findings()])
    assert found[0]
    assert found[0] == found[1]
    monkeypatch.setattr("dragoman.work.CONNECT_SECONDS", 1)
    assert run(["read", str(folder), "--json", "--cluster", "tcp://127.0.0.1:1"]) == 1
