"""A known weakness of a package fails the tests, and what could not be asked is said."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from supply import audit
from supply.audit import FOUND, NOT_ASKED, Accepted, Weakness
from tests.supply.registry import Registry, serving

TODAY = date(2026, 11, 29)
BELL = Weakness("bell", "PYSEC-1", "Rings for ever.")


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """One that answers for Python and npm, before an empty file of what is accepted."""
    monkeypatch.setattr(audit, "ACCEPTED", tmp_path / "accepted.toml")
    (tmp_path / "accepted.toml").write_text("", "utf-8")
    with serving() as found:
        monkeypatch.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
        monkeypatch.setenv("PIP_AUDIT_OSV_URL", f"{found.address}/python")
        monkeypatch.setenv("npm_config_registry", found.address)
        yield found


@pytest.mark.slow
def test_each_locked_package_is_asked_about(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.audit() == 0
    assert registry.asked > 150
    said = capsys.readouterr().out
    assert "Python: 0 known weaknesses" in said
    assert "The web client: 0 known weaknesses" in said
    assert "NOT ASKED" not in said


@pytest.mark.slow
def test_a_known_weakness_is_named_and_fails(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    registry.known = {"jinja2": "PYSEC-2030-1", "svelte": "GHSA-aaaa-bbbb-cccc"}
    assert audit.audit() == FOUND
    said = capsys.readouterr().out
    assert "Python: jinja2: PYSEC-2030-1: Harms people." in said
    assert "The web client: svelte: GHSA-aaaa-bbbb-cccc: Harms people." in said


@pytest.mark.slow
def test_an_accepted_weakness_fails_nothing(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    registry.known = {"jinja2": "PYSEC-2030-1"}
    row = '[[accepted]]\npackage = "jinja2"\nid = "PYSEC-2030-1"\nreason = "Not used so."\nuntil = 9999-01-01\n'
    audit.ACCEPTED.write_text(row, "utf-8")
    assert audit.audit() == 0
    assert "Python: 0 known weaknesses, and 1 that are accepted." in capsys.readouterr().out


@pytest.mark.slow
def test_a_registry_that_does_not_answer_fails_nothing_and_is_said(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.is_open = False
    assert audit.audit() == NOT_ASKED
    assert capsys.readouterr().out.count("NOT ASKED") == 2
    assert registry.asked < 10  # not once for each package


def test_an_accepted_weakness_is_looked_at_again_after_its_day() -> None:
    until_today = Accepted("bell", "PYSEC-1", "Nobody rings it.", until=TODAY)
    until_yesterday = Accepted("bell", "PYSEC-1", "Nobody rings it.", until=date(2026, 11, 28))
    of_another = Accepted("bell", "PYSEC-2", "Nobody rings it.", until=TODAY)
    assert audit.unaccepted([BELL], [until_today], TODAY) == []
    assert audit.unaccepted([BELL], [until_yesterday, of_another], TODAY) == [BELL]


def test_each_accepted_weakness_has_its_reason() -> None:
    assert [one for one in audit.accepted() if len(one.reason.split()) < 3] == []
