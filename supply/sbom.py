"""List every package that Hallway is made of, in the form of CycloneDX, for an operator's own tools.

The locks say what there is: what runs, what builds it, and what the web client is built from. What is installed beside
adds licences, and who needs whom.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cyclonedx.schema import SchemaVersion
from packaging.utils import canonicalize_name

from hallway import __version__
from supply.npm import CLIENT, npm

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "dist" / "hallway.cdx.json"
SCHEMA = SchemaVersion.V1_6

Document = dict[str, Any]
Component = dict[str, Any]


def write(place: Path = PLACE) -> None:
    """Make the list, and put it there once it keeps to the schema. Raises ValueError when it does not."""
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415 - it takes seconds to load

    text = json.dumps(listed(), indent=1, ensure_ascii=False)
    found = JsonStrictValidator(SCHEMA).validate_str(text)
    if found is not None:
        raise ValueError(str(found.data))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    print(place)


def listed() -> Document:
    """One document of all packages, those of Python and those of the web client, each under its package URL."""
    found, installed, client = of_lock("run"), of_environment(), of_client()
    described = {canonicalize_name(one["name"]): one for one in installed["components"]}
    python = [component(one, described, "required") for one in found["components"]]
    known = {one["purl"] for one in python}
    built = [component(one, described, "excluded") for one in of_lock("build")["components"]]
    tools = [one for one in built if one["purl"] not in known]
    packages = [*python, *tools, *under_their_urls(client["components"])]
    return {
        **found,
        "metadata": {**found["metadata"], "component": hallway()},
        "components": packages,
        "dependencies": graph(packages, [installed, client]),
    }


def hallway() -> Component:
    """What the list is of."""
    return {
        "bom-ref": f"pkg:pypi/hallway@{__version__}",
        "type": "application",
        "name": "hallway",
        "version": __version__,
        "purl": f"pkg:pypi/hallway@{__version__}",
        "licenses": [{"license": {"id": "Apache-2.0", "acknowledgement": "declared"}}],
    }


def component(locked: Component, described: dict[str, Component], scope: str) -> Component:
    """A package with the hashes of its lock and the words of its own metadata, where it is installed."""
    words = described.get(canonicalize_name(locked["name"]), {})
    told = {name: words[name] for name in ("description", "licenses") if name in words}
    plain = {name: value for name, value in locked.items() if name != "description"}
    return {**plain, **told, "bom-ref": locked["purl"], "scope": scope}


def under_their_urls(components: Iterable[Component]) -> list[Component]:
    """The packages of the web client, each once: npm names one as often as it lies on the disk."""
    return list({one["purl"]: {**one, "bom-ref": one["purl"]} for one in components}.values())


def graph(packages: Iterable[Component], documents: Iterable[Document]) -> list[Document]:
    """Who needs whom among these packages, Hallway first."""
    listed_ones = {key(one): one["purl"] for one in packages}
    root = hallway()["purl"]
    needed: dict[str, set[str]] = {root: set(), **{purl: set() for purl in listed_ones.values()}}
    for document in documents:
        top = document["metadata"]["component"]["bom-ref"]
        urls = {one["bom-ref"]: listed_ones[key(one)] for one in document["components"] if key(one) in listed_ones}
        for edge in document["dependencies"]:
            source = root if edge["ref"] == top else urls.get(edge["ref"])
            if source is not None:
                needed[source] |= {urls[one] for one in edge.get("dependsOn", ()) if one in urls}
    return [{"ref": purl, "dependsOn": sorted(others)} for purl, others in needed.items()]


def key(package: Component) -> tuple[str, str, str]:
    """What two documents agree on: whose registry, the normal name, the version."""
    registry = package.get("purl", "").partition("/")[0]
    return registry, canonicalize_name(package["name"]), package["version"]


# What the tools say.


def of_lock(name: str) -> Document:
    """The packages of a lock file, with their hashes."""
    return of_python("requirements", ROOT / "supply" / "locks" / f"{name}.txt")


def of_environment() -> Document:
    """The packages that are installed here, with their licences and what each needs."""
    return of_python("environment", sys.executable)


def of_python(*words: str | Path) -> Document:
    """What CycloneDX's own program says; that the whole keeps to the schema is seen at the end."""
    plain = ["--no-validate", "--output-reproducible", "--short-PURLs", "--pyproject", ROOT / "pyproject.toml"]
    with TemporaryDirectory() as folder:
        place = Path(folder) / "sbom.json"
        command = [Path(sys.executable).parent / "cyclonedx-py", words[0], *plain, "-o", place, words[1]]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return json.loads(place.read_text("utf-8"))


def of_client() -> Document:
    """The packages of the web client, as npm says them; it wants a version of the client itself, which has none."""
    with TemporaryDirectory() as folder:
        shutil.copy(CLIENT / "package-lock.json", folder)
        package = json.loads((CLIENT / "package.json").read_text("utf-8"))
        (Path(folder) / "package.json").write_text(json.dumps({**package, "version": __version__}), "utf-8")
        made = npm("sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--loglevel=error", folder=Path(folder))
        return json.loads(made.stdout)
