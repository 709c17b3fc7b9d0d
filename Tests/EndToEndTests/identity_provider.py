"""The part of Cognito that moto lacks: discovery, the page where people sign in, and codes that become tokens.

The tokens are moto's; only the nonce is put in, and signed by the pool's key. It is as strict as a provider must be:
registered addresses, PKCE by S256, each code once.
"""

import base64
import hashlib
import json
import secrets
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from botocore.exceptions import ClientError

from cognito import UserPool, changed


FIELDS = """
<label>Name <input name="username"></label><label>Password <input type="password" name="password"></label>
<button name="press" value="enter">Enter</button><button name="press" value="cancel">Cancel</button>
"""


class IdentityProvider:
    """Serves the pool's people on a free loopback port, for the pages at the addresses in `callbacks`."""

    def __init__(self, pool: UserPool):
        self.pool = pool
        self.callbacks: set[str] = set()
        self.codes: dict[str, dict] = {}
        handler = type("BoundHandler", (Handler,), {"provider": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> "IdentityProvider":
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def discovery_url(self) -> str:
        """Where it says so."""
        return f"{self.url}/.well-known/openid-configuration"

    def document(self) -> dict:
        """What it says of itself."""
        return {
            "issuer": self.pool.issuer,
            "authorization_endpoint": f"{self.url}/oauth2/authorize",
            "token_endpoint": f"{self.url}/oauth2/token",
            "end_session_endpoint": f"{self.url}/logout",
            "jwks_uri": self.pool.keys_url,
            "code_challenge_methods_supported": ["S256"],
        }

    def complaint(self, asked: dict) -> str:
        """What is wrong with a page's question, or nothing."""
        wanted = {"response_type": "code", "client_id": self.pool.client_id, "code_challenge_method": "S256"}
        wrong = [name for name, value in wanted.items() if asked.get(name) != value]
        wrong += [name for name in ("state", "nonce", "code_challenge") if len(asked.get(name, "")) < 20]
        if asked.get("redirect_uri") not in self.callbacks:
            wrong.append("redirect_uri")
        return ", ".join(wrong)

    def grant(self, asked: dict) -> str:
        """The address to go back to, with a code for whoever knew the password."""
        tokens = self.pool.tokens(asked["username"], asked["password"])
        code = secrets.token_urlsafe()
        self.codes[code] = {"asked": asked, "tokens": tokens}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, form: dict) -> dict | None:
        """The tokens for a code, if it is one, and whoever brings it began it."""
        kept = self.codes.pop(form.get("code", ""), None)
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        expected = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if not kept or form.get("grant_type") != "authorization_code" or kept["asked"]["code_challenge"] != expected:
            return None
        if any(form.get(name) != kept["asked"][name] for name in ("client_id", "redirect_uri")):
            return None
        tokens = kept["tokens"]
        identity = changed(tokens["IdToken"], nonce=kept["asked"]["nonce"])
        return {"id_token": identity, "access_token": tokens["AccessToken"], "token_type": "Bearer"}


class Handler(BaseHTTPRequestHandler):
    """One request."""

    provider: IdentityProvider

    def do_GET(self):
        """Discovery, the page where people sign in, and signing out."""
        url = urlsplit(self.path)
        asked = flat(url.query)
        match url.path:
            case "/.well-known/openid-configuration":
                self.answer(200, "application/json", json.dumps(self.provider.document()))
            case "/oauth2/authorize":
                self.show_form(asked)
            case "/logout" if asked.get("logout_uri") in self.provider.callbacks:
                self.redirect(asked["logout_uri"])
            case _:
                self.answer(404, "text/plain", "There is nothing here.")

    def do_POST(self):
        """The filled form, and codes for tokens."""
        form = flat(self.rfile.read(int(self.headers["content-length"])).decode())
        if self.path == "/oauth2/token":
            tokens = self.provider.exchange(form)
            told = json.dumps(tokens or {"error": "invalid_grant"})
            return self.answer(200 if tokens else 400, "application/json", told)
        if complaint := self.provider.complaint(form):
            return self.answer(400, "text/plain", complaint)
        if form.get("press") == "cancel":
            refusal = urlencode({"error": "access_denied", "state": form["state"]})
            return self.redirect(f"{form['redirect_uri']}?{refusal}")
        try:
            return self.redirect(self.provider.grant(form))
        except ClientError as error:
            return self.answer(403, "text/plain", str(error))

    def show_form(self, asked):
        """Asks for name and password, keeping what the page asked for."""
        if complaint := self.provider.complaint(asked):
            return self.answer(400, "text/plain", complaint)
        hidden = '<input type="hidden" name="{}" value="{}">'
        kept = "".join(hidden.format(escape(name), escape(value)) for name, value in asked.items())
        page = f'<!doctype html><title>Sign in</title><form method="post">{kept}{FIELDS}</form>'
        return self.answer(200, "text/html; charset=utf-8", page)

    def redirect(self, location):
        self.send_response(303)
        self.send_header("location", location)
        self.send_header("content-length", "0")
        self.end_headers()

    def answer(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        fields = {"content-type": kind, "content-length": str(len(body)), "access-control-allow-origin": "*"}
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet."""


def flat(query: str) -> dict[str, str]:
    """Each field once."""
    return {name: values[0] for name, values in parse_qs(query).items()}
