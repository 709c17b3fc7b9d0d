"""The steps of `make deploy` and `make undeploy` that ask AWS; Scripts/deploy and Scripts/undeploy call them.

usage: python -m Scripts.deployment ACTION [STACK]
  architecture | identity | ready STACK | proxies | hints STACK | remove STACK | remove-all STACK
"""

import pathlib
import sys

import boto3

from Scripts.deployment import account, removal

ZIPS = [pathlib.Path(f".build/lambda/imgn-lambda-{name}.zip") for name in ("api", "ingest")]


def act(action: str, stack: str) -> str:
    """Does one step; returns what is to be printed."""
    if action == "architecture":
        return account.common_architecture(ZIPS)
    session = boto3.Session()
    match action:
        case "identity":
            return account.identity(session)
        case "ready":
            account.require_ready(session, stack)
            return ""
        case "proxies":
            return account.cloudfront_addresses(session)
        case "hints":
            return account.hints(account.outputs(session, stack))
        case "remove":
            return removal.what_is_left(removal.remove_stack(session, stack))
        case "remove-all":
            found = removal.remove_stack(session, stack)
            return "Removed for good: " + ", ".join(removal.remove_what_people_brought(session, found))
    raise account.Refusal(f"there is no action {action}")


def main() -> int:
    """Runs an action; a refusal is one sentence and a failure."""
    action, stack = (sys.argv[1:] + ["", ""])[:2]
    try:
        text = act(action, stack)
    except Exception as error:  # noqa: BLE001 (the SDK has many, and each says what is wrong)
        print(f"imgn: {error}", file=sys.stderr)
        return 1
    if text:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
