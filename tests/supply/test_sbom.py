"""The list of packages is whole: what is locked for running, for building and for the web client is in it, with its hash."""

import json
from functools import cache
from typing import Any

import pytest

from hallway import __version__
from supply import sbom
from tests.supply.locked import ROOT, pins


@cache
def listed() -> dict[str, Any]:
    return sbom.listed()


def hashes(component: dict[str, Any]) -> list[str]:
    """Those of the package itself, or of its files."""
    places = [component, *component.get("externalReferences", ())]
    return [one["content"] for place in places for one in place.get("hashes", ())]


@pytest.mark.slow
def test_the_list_has_every_locked_package_and_no_other() -> None:
    lock = json.loads((ROOT / "client" / "package-lock.json").read_text("utf-8"))["packages"]
    client = {(path.rpartition("node_modules/")[2], one["version"]) for path, one in lock.items() if path}
    python = {(name, pin.version) for lock in ("run", "build") for name, pin in pins(lock).items()}
    found = [(one["purl"].partition("/")[0], one["name"], one["version"]) for one in listed()["components"]]
    assert sorted(found) == sorted(
        [("pkg:npm", *one) for one in client] + [("pkg:pypi", *one) for one in python],
    )


def test_every_package_of_the_list_has_its_hashes() -> None:
    assert [one["name"] for one in listed()["components"] if not hashes(one)] == []
    (jinja,) = [one for one in listed()["components"] if one["name"] == "jinja2"]
    assert len(hashes(jinja)) == pins("run")["jinja2"].hashes
    assert jinja["licenses"]


def test_what_only_builds_hallway_does_not_run_in_it() -> None:
    scopes = {one["name"]: one["scope"] for one in listed()["components"]}
    assert scopes["hatchling"] == "excluded"
    assert scopes["litestar"] == "required"


def test_the_list_says_of_what_it_is_and_who_needs_whom() -> None:
    assert listed()["metadata"]["component"]["version"] == __version__
    needs = {one["ref"].partition("@")[0]: one["dependsOn"] for one in listed()["dependencies"]}
    assert any(one.startswith("pkg:pypi/litestar@") for one in needs["pkg:pypi/hallway"])
    assert any(one.startswith("pkg:npm/svelte@") for one in needs["pkg:pypi/hallway"])
    assert any(one.startswith("pkg:pypi/msgspec@") for one in needs["pkg:pypi/litestar"])
