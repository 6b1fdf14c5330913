"""The documentation says what is so: commands, options, files and links that it names exist."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click import Command, Group
from fastapi.testclient import TestClient

from valuechain import registry
from valuechain.cli import main
from valuechain.model.question import COMMON_OPTIONS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    {
        line.strip()
        for document in DOCUMENTS
        for line in re.findall(
            r"^(?:\| .*?`)?(valuechain [^`#\n]+)", document.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
    }
)


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listing.splitlines()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(document: Path):
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (document.parent / target).exists(), target


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_in_the_documents_exists_with_its_options(line: str):
    words = shlex.split(line)[1:]
    assert isinstance(main, Group)
    with main.make_context("valuechain", ["--help"], resilient_parsing=True) as context:
        command = main.get_command(context, words[0])
        assert command is not None, words[0]
        known = options(command)
        if words[0] == "run":
            analysis = registry.get(words[1])
            known |= {f"--{one.option}" for one in (*analysis.parameters, *COMMON_OPTIONS)}
    assert {word for word in words if word.startswith("--")} <= known


def options(command: Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}


def test_the_first_screen_of_the_readme_gives_two_commands_and_a_picture():
    first = README.split("\n## ")[0]
    assert re.findall(r"^make \w+", first, flags=re.MULTILINE) == ["make demo", "make test"]
    assert len(re.findall(r"!\[.*\]\(docs/images/.*\.png\)", first)) == 1


@pytest.mark.parametrize("page", sorted(set(re.findall(r"`(/[^`]+)`", README))))
def test_every_page_of_the_readme_opens(demo_client: TestClient, page: str):
    assert demo_client.get(page.replace("KEY", "example-cluster:laserhead")).status_code == 200


def test_nothing_speaks_of_the_place_where_it_was_made():
    elsewhere = re.compile(
        r"\.\./shared|/work/|/tmp/brief|pypi\.org/simple|registry\.npmjs|repo1?\.maven", re.IGNORECASE
    )
    for path in tracked():
        if path.suffix in {".py", ".md", ".toml", ".txt", ".yml", ".cypher", ".html", ".css", ".js", ".ipynb", ""}:
            if path == Path(__file__):
                continue
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not elsewhere.search(text), path
