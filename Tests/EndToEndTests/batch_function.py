"""A Lambda function behind a queue that does with each message what its text says; on AWS's own Python runtime.

`fail` is reported as a batch item failure, `raise` fails the batch, `exit` ends the process, `sleep` takes too long,
`nonsense` reports the failure of a message that was not there. All it was given is in the file `BATCHES`, a line each.
"""

import json
import os
import time


def handler(event: dict, _) -> dict:
    """Handles one batch, or notes a schedule's event."""
    records = event.get("Records", [])
    texts = [record["body"] for record in records] or [event.get("detail-type", "")]
    with open(os.environ["BATCHES"], "a", encoding="utf-8") as batches:
        batches.write(json.dumps(texts) + "\n")
    if "raise" in texts:
        raise ValueError("as was asked for")
    if "exit" in texts:
        os._exit(1)
    if "sleep" in texts:
        time.sleep(60)
    if "nonsense" in texts:
        return {"batchItemFailures": [{"itemIdentifier": "nobody"}]}
    failed = [record["messageId"] for record in records if record["body"] == "fail"]
    return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}
