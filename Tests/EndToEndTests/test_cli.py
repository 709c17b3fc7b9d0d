"""`imgn upload`, `imgn ls` and `imgn rm` against a real server."""

import re
import signal
import stat
import time
from pathlib import Path

import pytest

import pictures
from gallery_client import Gallery
from http_client import get
from imgn_client import ImgnClient, interrupt

MIB = 1 << 20
PART = 8 * MIB


@pytest.fixture
def user(server, tmp_path) -> ImgnClient:
    """A user of the shared server."""
    return ImgnClient(server.url, tmp_path / "home")


def save(folder: Path, *some: pictures.Picture) -> list[Path]:
    """Writes pictures to a folder under their own names."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / picture.name for picture in some]
    for path, picture in zip(paths, some, strict=True):
        path.write_bytes(picture.data)
    return paths


def large(mib: int, name: str = "large.png") -> pictures.Picture:
    """A picture of about so many MiB, within the limits of pixels and sides."""
    return pictures.png(4096, mib * MIB // (3 * 4096) + 1, name, compression=0)


def parts_sent(log: str) -> int:
    """How many parts the server has taken, from its own log."""
    return len(re.findall(r"status=200 \[\w+\] PUT", log))


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.gif, pictures.webp])
def test_a_picture_is_uploaded_and_its_page_is_printed(user, gallery, tmp_path, make):
    """The line on standard output starts with the address of the picture's page."""
    picture = make()
    ended = user.run("upload", *save(tmp_path, picture))
    newest = gallery.images()[0]
    assert (ended.code, ended.out.split()[0]) == (0, f"{user.server}/i/{newest['id']}"), ended
    assert get(newest["src"]).body == picture.data


def test_a_large_picture_goes_in_parts_and_arrives_byte_for_byte(user, tmp_path):
    """Above 16 MiB the file is cut; what is published is the file."""
    picture = large(40)
    ended = user.run("upload", "--json", *save(tmp_path, picture))
    assert ended.code == 0, ended
    [result] = ended.results
    assert result["status"] == "uploaded"
    assert get(result["url"]).body == picture.data


def test_a_folder_is_walked_and_nothing_is_taken_twice(user, gallery, tmp_path):
    """Pictures below it, sorted; not what is hidden, not what is no picture by its name, and links do no harm."""
    folder = tmp_path / "holiday"
    save(folder, pictures.png(name="b.png"), pictures.jpeg(name="a.JPG"), pictures.png(name=".hidden.png"))
    save(folder / "sub", pictures.gif(name="c.gif"), pictures.png(name="notes.txt"))
    (folder / "sub" / "up").symlink_to("..")
    ended = user.run("upload", "--json", "--parallel", "1", folder)
    files = [result["file"].removeprefix(f"{folder}/") for result in ended.results]
    assert (ended.code, files) == (0, ["a.JPG", "b.png", "sub/c.gif"]), ended


@pytest.mark.parametrize("make", [pictures.png, lambda: large(20)])
def test_what_the_gallery_has_is_not_sent_again(user, start_server, tmp_path, make):
    """The second run only asks."""
    server = start_server()
    user = ImgnClient(server.url, tmp_path / "home")
    paths = save(tmp_path, make())
    [first] = user.run("upload", "--json", *paths).results
    sent = parts_sent(server.log())
    ended = user.run("upload", "--json", *paths)
    assert [(result["status"], result["id"]) for result in ended.results] == [("known", first["id"])]
    assert (ended.code, parts_sent(server.log())) == (0, sent)


def test_standard_input_is_a_file_with_a_name(user, gallery):
    """`-` takes what another program writes."""
    ended = user.run("upload", "-", "--name", "piped.png", stdin=pictures.png().data)
    assert (ended.code, gallery.images()[0]["name"]) == (0, "piped.png"), ended


def test_what_is_no_picture_is_rejected_with_its_reason_and_the_others_go_in(user, tmp_path):
    """The exit code says that not all went in."""
    bad = pictures.Picture("bad.png", "image/png", 1, 1, b"this is not a picture")
    ended = user.run("upload", "--json", *save(tmp_path, bad, pictures.png(name="good.png")))
    by_name = {Path(result["file"]).name: result for result in ended.results}
    assert (ended.code, by_name["good.png"]["status"], by_name["bad.png"]["status"]) == (1, "uploaded", "rejected")
    assert "text" in by_name["bad.png"]["detail"]


def test_an_interrupted_upload_goes_on_where_it_stopped(start_server, tmp_path):
    """After Ctrl-C the second run sends no more than one part a slot again."""
    server = start_server()
    user = ImgnClient(server.url, tmp_path / "home")
    picture = large(88)
    paths = save(tmp_path, picture)
    process = user.start("upload", "--parallel", "2", *paths)
    _until(lambda: parts_sent(server.log()) >= 3 or process.poll() is not None)
    stopped = interrupt(process)
    assert stopped.code == 130 and "Run the same command again to go on." in stopped.err, stopped
    ended = user.run("upload", "--json", *paths)
    assert ended.code == 0, ended
    assert get(ended.results[0]["url"]).body == picture.data
    assert parts_sent(server.log()) <= -(-len(picture.data) // PART) + 2
    assert len(Gallery(server.url).images()) == 1


def test_a_killed_upload_goes_on_too(start_server, tmp_path):
    """Killed at 60 %: nothing needs to be said at the end, for the journal is written at the beginning."""
    server = start_server()
    user = ImgnClient(server.url, tmp_path / "home")
    picture = large(88)
    paths = save(tmp_path, picture)
    process = user.start("upload", "--parallel", "2", *paths)
    _until(lambda: parts_sent(server.log()) >= 0.6 * 11 or process.poll() is not None)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "the upload was faster than the test"
    ended = user.run("upload", "--json", *paths)
    assert (ended.code, len(Gallery(server.url).images())) == (0, 1), ended
    assert get(ended.results[0]["url"]).body == picture.data
    assert parts_sent(server.log()) <= 11 + 2


def test_a_server_that_restarts_is_waited_for(start_server, tmp_path):
    """The upload is under way, the server dies and comes back; nobody has to do anything."""
    server = start_server()
    port = server.port
    paths = save(tmp_path, large(88))
    process = ImgnClient(server.url, tmp_path / "home").start("upload", "--json", "--parallel", "1", *paths)
    _until(lambda: parts_sent(server.log()) >= 2 or process.poll() is not None)
    assert process.poll() is None, "the upload was faster than the test"
    server.kill()
    start_server("--port", str(port), data=server.data)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, (out, err)


def test_ls_lists_newest_first_over_pages(user, gallery, tmp_path):
    """Id, dimensions, size, time and name, a line each."""
    user.run("upload", "--parallel", "1", *save(tmp_path, *(pictures.png(name=f"{n}.png") for n in range(3))))
    lines = user.run("ls", "--limit", "0").out.splitlines()
    assert [line.split()[0] for line in lines] == gallery.ids()
    assert re.fullmatch(r"\w{12}  40x30 +\d+ bytes +\d{4}-\d\d-\d\d \d\d:\d\d  2\.png", lines[0]), lines[0]
    assert [image["id"] for image in user.run("ls", "--json", "--limit", "2").results] == gallery.ids()[:2]


def test_rm_removes_what_was_uploaded_from_here(user, gallery, tmp_path):
    """The delete token is where the upload left it, and nobody else's command has it."""
    [result] = user.run("upload", "--json", *save(tmp_path, pictures.png())).results
    stranger = ImgnClient(user.server, tmp_path / "stranger")
    refused = stranger.run("rm", result["id"])
    assert refused.code == 1 and "--token" in refused.err, refused
    assert stranger.run("rm", "--token", "wrong", result["id"]).code == 1
    assert result["id"] in gallery.ids()
    removed = user.run("rm", result["id"])
    assert (removed.code, removed.out) == (0, f"removed {result['id']}\n"), removed
    assert result["id"] not in gallery.ids()


def test_what_is_remembered_is_for_its_user_alone(user, tmp_path):
    """Tokens are rights: only their owner may read them."""
    user.run("upload", *save(tmp_path, pictures.png()))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (user.state / "imgn").iterdir()}
    assert modes == {"uploads.json": 0o600, "removals.jsonl": 0o600, "lock": 0o600}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["upload"], 64),
        (["upload", "--parallel", "0", "a.png"], 64),
        (["upload", "no/such/file.png"], 66),
        (["ls", "--server", "ftp://pictures.example"], 64),
        (["ls", "--server", "http://127.0.0.1:1"], 69),
    ],
)
def test_each_mistake_has_its_exit_code_and_a_sentence(user, arguments, code):
    """As `sysexits.h` has them."""
    ended = user.run(*arguments)
    assert ended.code == code and ended.err.strip() and not ended.out, ended


def test_quiet_says_nothing_when_all_is_well(user, tmp_path):
    """For cron."""
    ended = user.run("upload", "--quiet", *save(tmp_path, pictures.png()))
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def _until(condition, seconds: float = 60) -> None:
    """Returns once the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)
