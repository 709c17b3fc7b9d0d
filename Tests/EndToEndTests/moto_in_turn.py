"""moto's server, one request at a time: `moto_in_turn.py PORT`.

A refused transaction sets the whole table back to what it was before (`transact_write_items`), and with it what other
requests wrote meanwhile; DynamoDB does no such thing.
"""

import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

APPLICATION = DomainDispatcherApplication(create_backend_app)
TURN = threading.Lock()


def in_turn(environment, start_response):
    """Answers when all earlier requests are answered."""
    with TURN:
        return list(APPLICATION(environment, start_response))


if __name__ == "__main__":
    run_simple("127.0.0.1", int(sys.argv[1]), in_turn, threaded=True, request_handler=MotoRequestHandler)
