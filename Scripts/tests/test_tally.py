"""How the closing line of `make test` comes about: nothing that failed or was skipped may get lost."""

import pytest

from Scripts.checks.tally import Part, Skip, count, summary

REPORT = """<testsuites><testsuite>
<testcase classname="A" name="fine()"/>
<testcase classname="A" name="bad()"><failure message="x"/></testcase>
<testcase classname="A" name="broken()"><error message="x"/></testcase>
<testcase classname="A" name="later()"><skipped>no tmpfs</skipped></testcase>
<testcase classname="A" name="never()"><skipped type="x" message="no root"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def leave(tmp_path):
    """Leaves what a part leaves, and counts it."""

    def leaving(status=0, report=None, log=""):
        (tmp_path / "swift.status").write_text(f"{status}\n")
        (tmp_path / "swift.log").write_text(log)
        if report is not None:
            (tmp_path / "swift.xml").write_text(report)
        return count("swift", tmp_path)

    return leaving


def test_a_report_is_counted(leave):
    """Errors count as failures; skips keep their reasons, wherever a runner writes them."""
    part = leave(status=1, report=REPORT)
    assert (part.passed, part.failed) == (1, ["A bad()", "A broken()"])
    assert part.skipped == [Skip("A later()", "no tmpfs"), Skip("A never()", "no root")]


def test_a_part_that_ends_badly_without_a_failed_test_is_a_failure(leave):
    """A crash of the runner, say, or a build that failed."""
    assert "exit code 139" in leave(status=139).failed[0]


def test_a_report_that_cannot_be_read_is_a_failure(leave):
    """A runner that was killed leaves half a report."""
    assert "is no report" in leave(report="<testsuites>").failed[0]


def test_a_swift_test_that_cancelled_itself_is_a_skip(leave):
    """Swift Testing's report counts it as passed, its log says otherwise."""
    log = '➜ Test "disk full" was cancelled after 0.001 seconds: "no root here"\n'
    part = leave(report='<testsuites><testcase name="a"/><testcase name="b"/></testsuites>', log=log)
    assert (part.passed, part.skipped) == (1, [Skip("disk full", "no root here")])


def test_the_closing_line_counts_all_parts():
    """And nothing else."""
    text, code = summary([Part("a", 2, [], []), Part("b", 3, [], [Skip("c", "why")])], strict=False)
    assert text.splitlines()[-1] == "imgn: 5 passed, 0 failed, 1 skipped"
    assert "  skipped: c: why" in text.splitlines()
    assert code == 0


def test_one_failure_anywhere_fails_the_whole():
    """The exit code says so."""
    assert summary([Part("a", 2, ["b"], [])], strict=False)[1] == 1


def test_under_ci_a_skip_is_a_failure_unless_it_is_allowed():
    """The pictures folder may be absent: nothing can install it."""
    skips = [Skip("a", "no Chromium"), Skip("b", "no expected.tsv in IMGN_PICTURES or ../shared/pictures")]
    text, code = summary([Part("a", 1, [], skips)], strict=True)
    assert (text.splitlines()[-1], code) == ("imgn: 1 passed, 1 failed, 1 skipped", 1)


def test_a_run_without_a_single_passed_test_is_a_failure():
    """Nothing was shown then."""
    assert summary([Part("a", 0, [], [])], strict=False)[1] == 1
