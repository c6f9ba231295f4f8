"""The pretended world that a script drives: where it is, what it takes for a sign-in, and what is ordered to happen."""

import json
import os
import time
from pathlib import Path
from urllib.request import Request, urlopen

PATIENCE = 60


class World:
    def __init__(self):
        told = json.loads(Path(os.environ["SLIPWAY_CONTRACT_WORLD"]).read_text(encoding="utf-8"))
        self.at, self.sign_in = told["at"], told["sign_in"]

    def order(self, path: str, body: dict) -> dict:
        headers = {"Authorization": f"Bearer {self.at['control_token']}", "Content-Type": "application/json"}
        request = Request(self.at["control"] + path, json.dumps(body).encode(), headers)
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def until(self, what, read):
        """Reads until there is something."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            if found := read():
                return found
            self.order("/clock/advance", {"seconds": 1})
        raise AssertionError(f"never seen: {what}")


def refused(kind, act, **arguments) -> object:
    """The error that it has to be."""
    try:
        answer = act(**arguments)
    except kind as error:
        return error
    raise AssertionError(f"{act} with {arguments} was not refused with {kind}: {answer}")
