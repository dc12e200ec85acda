"""The server is killed while mails are due: everybody gets one, and only what was on its way may come twice."""

from pathlib import Path

from tests.faults.notices import kill_while_due, require_once


def test_everybody_is_told_once_though_the_server_is_killed(tmp_path: Path) -> None:
    came, told = kill_while_due(300, tmp_path)
    require_once(came, told, 300)
