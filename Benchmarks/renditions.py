"""What four renditions of a picture of 12 megapixels cost: the worker, libvips in one process, and vipsthumbnail."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from decoder_worker import Worker
from imgn_server import binary
from report import median, publish, table

SIZE = (4032, 3024)
ROUNDS, PICTURES = 5, 4
WIDTHS = (2048, 1280, 640, 320)
MEMORY, SECONDS = 1 << 30, 60
ALONE = {"PATH": os.environ["PATH"], "VIPS_CONCURRENCY": "1", "MALLOC_ARENA_MAX": "2"}


def draw(file: Path) -> None:
    """Makes a JPEG with coarse and fine shapes, as large as a camera makes them."""
    from PIL import Image  # noqa: PLC0415  (its memory would be counted as the worker's)

    coarse = Image.effect_noise((SIZE[0] // 32, SIZE[1] // 32), 120).resize(SIZE, Image.Resampling.BICUBIC)
    fine = Image.effect_noise(SIZE, 12)
    merged = Image.merge("RGB", (coarse, Image.blend(coarse, fine, 0.3), fine))
    merged.save(file, quality=90)


def children() -> float:
    """CPU seconds of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def work(content: bytes, count: int) -> tuple[float, float]:
    """What a worker uses for so many pictures, its start included: CPU seconds, and MiB at most."""
    process = subprocess.Popen(
        [binary(), "thumbnail-worker", str(MEMORY), str(SECONDS)], env=ALONE, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    worker = Worker(process)
    for _ in range(count):
        answer = worker.make("jpeg", content)
        if answer.refusal or len(answer.files) != len(WIDTHS) + 1:
            sys.exit(f"the worker refused the picture: {answer.refusal!r}")
    process.stdin.close()
    _, process.returncode, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def thumbnail_seconds(file: Path) -> float:
    """What vipsthumbnail uses, once for each width."""
    before = children()
    for width in WIDTHS:
        target = f"{file.parent}/{width}.webp[Q=79,effort=2,strip]"
        command = ["vipsthumbnail", "--size", f"{width}x10000000", "-o", target, str(file)]
        subprocess.run(command, env=ALONE, check=True)
    return children() - before


def measure(file: Path) -> str:
    """All figures."""
    content = file.read_bytes()
    once = [work(content, 1) for _ in range(ROUNDS)]
    often = median([work(content, 1 + PICTURES)[0] for _ in range(ROUNDS)])
    each = (often - median([seconds for seconds, _ in once])) / PICTURES
    pipeline = [sys.executable, str(Path(__file__).with_name("vips_pipeline.py")), str(file), str(ROUNDS)]
    alone = float(subprocess.run(pipeline, env=ALONE, check=True, capture_output=True).stdout)
    tool = median([thumbnail_seconds(file) for _ in range(ROUNDS)])
    rows = [
        ["the worker, each picture", f"{each:.3f}", f"{each / alone:.2f}"],
        ["libvips in one process, the same steps", f"{alone:.3f}", "1.00"],
        ["`vipsthumbnail`, once for each width", f"{tool:.3f}", f"{tool / alone:.2f}"],
    ]
    title = f"4 renditions of a JPEG of 12 MP, {len(content):,} bytes"
    start, peak = median([seconds for seconds, _ in once]) - each, max(peak for _, peak in once)
    told = f"Peak memory of the worker: {peak:.0f} MiB. Its start, once: {start:.3f} CPU seconds."
    return f"{table([title, 'CPU seconds', 'of libvips alone'], rows)}\n\n{told}"


def main() -> None:
    """Draws a picture in a process of its own, whose memory is not to be counted, and measures."""
    if "--draw" in sys.argv:
        return draw(Path(sys.argv[2]))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "picture.jpg"
        subprocess.run([sys.executable, __file__, "--draw", str(file)], check=True)
        publish("renditions", measure(file))


main()
