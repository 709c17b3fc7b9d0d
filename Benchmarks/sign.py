"""How many URLs a second imgn presigns and verifies in one thread, against botocore's `generate_presigned_url`.

The two take turns, for the same bound PUT. Usage: sign.py PATH-OF-SigningRate [--record]
"""

import subprocess
import sys
import time

from report import median, publish, table
from store_client import BUCKET, StoreAccess

ROUNDS = 5
SECONDS = 2


def botocore_rate() -> float:
    """URLs a second from botocore, keys known and the client made beforehand."""
    client = StoreAccess("http://127.0.0.1:8080", "AKIAIOSFODNN7EXAMPLE", "an example's secret").client()
    bound = {"ContentLength": 1 << 20, "ContentType": "image/jpeg", "IfNoneMatch": "*", "Bucket": BUCKET}
    bound["ChecksumSHA256"] = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        client.generate_presigned_url("put_object", Params=bound | {"Key": f"incoming/{count}"}, ExpiresIn=300)
        count += 1
    return count / (time.perf_counter() - start)


def imgn_rates(program: str) -> dict[str, float]:
    """The rates that SigningRate prints, by name."""
    printed = subprocess.run([program, str(SECONDS)], check=True, capture_output=True, text=True).stdout
    return {name: float(rate) for name, rate in (line.split("\t") for line in printed.splitlines())}


def main() -> None:
    """Measures and reports."""
    rounds = [{"botocore": botocore_rate()} | imgn_rates(sys.argv[1]) for _ in range(ROUNDS)]
    rates = {name: median([figures[name] for figures in rounds]) for name in rounds[0]}
    names = {"botocore": "botocore, `generate_presigned_url`"} | {name: f"imgn, {name}" for name in list(rates)[1:]}
    rows = [
        [names[name], f"{rate:,.0f}", f"{1e6 / rate:,.1f}", f"{rate / rates['botocore']:.1f}"]
        for name, rate in rates.items()
    ]
    publish("sign", table(["one thread", "a second, median", "µs each", "of botocore"], rows))


if __name__ == "__main__":
    main()
