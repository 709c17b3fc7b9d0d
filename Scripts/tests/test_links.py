"""Links in documents: those that lead nowhere are found, all others are left alone."""

import pathlib

import pytest

from Scripts.checks.links import broken_links


@pytest.fixture
def root(tmp_path):
    """A project with one document beside another."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "here.md").touch()
    return tmp_path


@pytest.mark.parametrize("link", ["here.md", "here.md#a", "../docs", "https://a.example/x", "mailto:a@b.example", "#a"])
def test_links_that_lead_somewhere_are_fine(root, link):
    """Files, folders, parts of a document, and the web, which is not asked."""
    assert list(broken_links(pathlib.Path("docs/a.md"), f"see [it]({link})", root)) == []


def test_a_link_that_leads_nowhere_is_found(root):
    """With its line; links are relative to the document they stand in."""
    document = pathlib.Path("docs/a.md")
    assert list(broken_links(document, "\n[it](gone.md)", root)) == ["docs/a.md:2: nothing is at gone.md"]
    assert len(list(broken_links(pathlib.Path("a.md"), "[it](here.md)", root))) == 1


def test_code_holds_no_links(root):
    """What looks like a link in code is code."""
    assert list(broken_links(pathlib.Path("a.md"), "`[a](b)`\n```\n[c](d)\n```\n", root)) == []
