"""Runs a command while what plays DynamoDB runs, which `IMGN_TEST_DYNAMODB` tells it of: `with_dynamodb.py COMMAND …`.

Ends with the command's exit code.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import table_judges


def main(command: list[str]) -> int:
    """Starts the judges, runs the command, stops the judges."""
    with tempfile.TemporaryDirectory() as folder, table_judges.all_running(Path(folder)) as judges:
        names = " ".join(f"{name}={endpoint}" for name, endpoint in judges.items())
        print(f"DynamoDB is played by {names}", flush=True)
        return subprocess.run(command, env=os.environ | {"IMGN_TEST_DYNAMODB": names}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
