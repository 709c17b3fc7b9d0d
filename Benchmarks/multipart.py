"""A picture of 256 MiB by `imgn upload` into the embedded store, against `aws s3 cp` into the same store.

The two take turns with the same file and the same server; the disk is synced before each turn. Both commands are
counted from their start to their end. imgn's ends when the picture is in the gallery: before the first byte goes, the
file is hashed whole, to be recognised when the gallery has it; aws's ends when the object is stored.
"""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from imgn_server import ImgnServer
from measured import Finished, run
from pictures import write_large_png
from report import median, publish, table
from upload_commands import aws_copy, imgn_upload, remove_from_gallery, remove_from_store

ROUNDS = 3
MIB = 1 << 20
SIZE = 256 * MIB
PUT = "PUT object store"


@dataclass(frozen=True)
class Turn:
    """What one upload took."""

    whole: float
    sending: float
    peak_mib: float

    @classmethod
    def of(cls, finished: Finished, begun: str) -> "Turn":
        """An upload whose sending begins with that answer."""
        return cls(finished.seconds, finished.sending_seconds(begun, PUT), finished.peak_mib)


def by_imgn(server: ImgnServer, picture: Path) -> Turn:
    """One upload by `imgn upload`; the picture is removed again."""
    os.sync()
    finished = run(imgn_upload(server, picture), server.log_path)
    remove_from_gallery(server, json.loads(finished.out))
    return Turn.of(finished, "POST /api/uploads")


def by_aws(server: ImgnServer, picture: Path) -> Turn:
    """One upload by `aws s3 cp`; the object is removed again."""
    os.sync()
    finished = run(aws_copy(server, picture, server.url), server.log_path)
    remove_from_store(server)
    return Turn.of(finished, "POST object store")


def rates(seconds: list[float]) -> list[float]:
    """MiB a second."""
    return [SIZE / MIB / took for took in seconds]


def row(name: str, turns: list[Turn], aws: list[Turn]) -> list[str]:
    """One client's figures."""
    whole, sending = rates([turn.whole for turn in turns]), rates([turn.sending for turn in turns])
    share = median(whole) / median(rates([turn.whole for turn in aws]))
    spread = f"{min(whole):.0f} to {max(whole):.0f}"
    return [name, f"{median(whole):.0f}", spread, f"{share:.2f}", f"{median(sending):.0f}"]


def turns(folder: Path) -> tuple[list[Turn], list[Turn], float]:
    """The turns of imgn and of aws, and the server's peak memory in MiB through all of them."""
    write_large_png(folder / "large.png", SIZE)
    server = ImgnServer(folder / "data", folder / "log", ("--upload-limit", "2GiB")).start()
    imgn, aws = [], []
    try:
        for _ in range(ROUNDS):
            imgn.append(by_imgn(server, folder / "large.png"))
            aws.append(by_aws(server, folder / "large.png"))
        return imgn, aws, server.peak_memory_mib()
    finally:
        server.kill()


def main() -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory(prefix="imgn-multipart-", dir=os.environ.get("IMGN_BENCH_FOLDER")) as name:
        imgn, aws, served = turns(Path(name))
    title = f"{SIZE // MIB} MiB in parts, {ROUNDS} rounds"
    header = [title, "MiB/s, median", "range", "of aws", "sending alone, MiB/s"]
    figures = table(header, [row("`imgn upload`", imgn, aws), row("`aws s3 cp`", aws, aws)])
    peaks = {
        "`imgn upload`": max(turn.peak_mib for turn in imgn),
        "`aws s3 cp`": max(turn.peak_mib for turn in aws),
        "`imgn serve`, through all of it": served,
    }
    memory = table(["process", "peak memory, MiB (VmHWM)"], [[name, f"{peak:.0f}"] for name, peak in peaks.items()])
    publish("multipart", figures + "\n\n" + memory)


if __name__ == "__main__":
    main()
