"""A Lambda function that shows what a gateway makes of requests and answers; it runs on AWS's own Python runtime.

It answers with the event it got. The query tells it to answer with something else: `answer` is JSON that is the whole
answer, `payload` a number of bytes to answer with as base64, `sleep` a time in seconds, `fail` the way to fail.
"""

import base64
import json
import os
import time
from urllib.parse import parse_qs


def asked(event: dict) -> dict[str, str]:
    """What the query asks for, in any payload."""
    if "rawQueryString" in event:
        return {name: values[-1] for name, values in parse_qs(event["rawQueryString"]).items()}
    single = event.get("queryStringParameters") or {}
    return {name: value for name, value in single.items() if not name.startswith("x")}


def handler(event: dict, _) -> object:
    """Answers as the query asks, else with the event itself."""
    wanted = asked(event)
    if "sleep" in wanted:
        time.sleep(float(wanted["sleep"]))
    if wanted.get("fail") == "raise":
        raise ValueError("as was asked for")
    if wanted.get("fail") == "exit":
        os._exit(3)
    if "answer" in wanted:
        return json.loads(wanted["answer"])
    if "payload" in wanted:
        body = base64.b64encode(bytes(range(256)) * (int(wanted["payload"]) // 256)).decode()
        return {"statusCode": 200, "headers": {"content-type": "image/png"}, "body": body, "isBase64Encoded": True}
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(event)}
