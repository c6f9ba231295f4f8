"""Slack's Web API: by the types of `@slack/web-api`, and by Slack's own OpenAPI, the last of which is from 2020."""

import json
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qsl

from jsonschema import Draft4Validator

# JSON has words where the types have enums, and forms have words for everything. A name that the types do not know is
# as wrong as one of another type. The compiler looks at one statement a line, so that a line that it complains of is an
# exchange.
PRELUDE = """\
import type * as slack from '@slack/web-api';
import type { IncomingWebhookSendArguments } from '@slack/webhook';
type Named<K> = string extends K ? never : number extends K ? never : K;
type Json<T> = T extends string ? `${T}`
  : T extends readonly (infer U)[] ? Json<U>[]
  : T extends object ? { [K in keyof T as Named<K>]: Json<T[K]> } : T;
type Form<T> = T extends string | number | boolean | null | undefined ? `${T}`
  : T extends object ? string : never;
declare function json<T>(value: Json<T>): void;
declare function form<T>(value: { [K in keyof T as Named<K>]: Form<T[K]> }): void;
"""

# What any method may answer, which the OpenAPI lists for some only, or does not know yet:
# <https://docs.slack.dev/reference/methods/chat.postMessage>, <https://docs.slack.dev/reference/methods/auth.test>,
# <https://docs.slack.dev/reference/methods/conversations.history>.
ERRORS = {"invalid_auth", "missing_scope", "not_authed", "ratelimited", "token_revoked"}
NEWER = {
    "chat.postMessage": {"thread_not_found", "invalid_blocks", "invalid_blocks_format", "metadata_too_large"},
    "conversations.history": {"not_in_channel"},
    "conversations.replies": {"not_in_channel"},
    "chat.update": {"is_archived", "invalid_blocks", "invalid_blocks_format", "metadata_too_large"},
}

# What a webhook answers, status and body:
# <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors>.
WEBHOOK = {
    200: {"ok"},
    400: {"invalid_payload", "no_text", "user_not_found"},
    403: {"action_prohibited", "invalid_token", "no_service", "no_service_id", "no_team", "team_disabled"},
    404: {"channel_not_found", "no_service"},
    410: {"channel_is_archived"},
}


class Judge:
    def __init__(self, models: Path):
        text = (models / "@datafire/slack/package/openapi.json").read_text(encoding="utf-8")
        # Ids have grown since. And where there is nothing, there is an empty list.
        self.model = json.loads(text.replace("[A-Z0-9]{8}", "[A-Z0-9]{8,}"), object_hook=without_least)
        self.validators = {}
        self.node = models / "node"
        self.statements = []

    def request(self, exchange: dict) -> list[str]:
        name = exchange["operation"]
        if exchange["by"] != "ours":
            return []
        if name == "webhook":
            body = json.loads(exchange["body"])
            self.state("webhook, request", f"json<IncomingWebhookSendArguments>({json.dumps(body)});")
            return []
        if exchange["method"] != "POST":
            return [f"{exchange['method']} instead of POST"]
        kind = exchange["headers"].get("content-type", "").split(";")[0]
        if kind == "application/json":
            if "application/json" not in self.operation(name)["consumes"]:
                return ["JSON is not taken"]
            function, sent = "json", json.loads(exchange["body"])
        else:
            function, sent = "form", dict(parse_qsl(exchange["body"], keep_blank_values=True))
        self.state(f"{name}, request", f"{function}<slack.{typed(name)}Arguments>({json.dumps(sent)});")
        return []

    def response(self, exchange: dict) -> list[str]:
        name, answer = exchange["operation"], exchange["answer"]
        if name == "webhook":
            known = answer["body"] in WEBHOOK.get(answer["status"], ())
            return [] if known else [f"{answer['status']} {answer['body']}"]
        if answer["status"] != 200:
            return [f"status {answer['status']}"]
        body = json.loads(answer["body"])
        self.state(f"{name}, response", f"json<slack.{typed(name)}Response>({json.dumps(body)});")
        which = "200" if body["ok"] else "default"
        if not body["ok"] and body["error"] in ERRORS | NEWER.get(name, set()):
            return []
        return self.errors(name, which, body)

    def operation(self, name: str) -> dict:
        return next(iter(self.model["paths"][f"/{name}"].values()))

    def errors(self, name: str, which: str, body: dict) -> list[str]:
        if (name, which) not in self.validators:
            schema = self.operation(name)["responses"][which]["schema"]
            schema = {**schema, "definitions": self.model["definitions"]}
            self.validators[name, which] = Draft4Validator(schema)
        found = self.validators[name, which].iter_errors(body)
        return [f"{'.'.join(map(str, error.absolute_path)) or 'body'}: {error.message[:200]}" for error in found]

    def state(self, what: str, statement: str):
        self.statements.append((what, statement))

    def compile(self):
        """Has the compiler look at all statements."""
        lines = [statement for _, statement in self.statements]
        # Another verdict may be found at the same time.
        self.file = self.node / f"recording-{os.getpid()}.ts"
        self.file.write_text(PRELUDE + "\n".join(lines) + "\n", encoding="utf-8")
        compiler = ["node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck"]
        options = ["--module", "nodenext", "--target", "es2022", "--pretty", "false", self.file.name]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.compiler = subprocess.Popen([*compiler, *options], cwd=self.node, **pipes)

    def compiled(self):
        """What the compiler says."""
        told, _ = self.compiler.communicate()
        self.file.unlink()
        said = re.findall(r"^recording-\d+\.ts\((\d+),\d+\): error (.*)$", told, re.MULTILINE)
        if self.compiler.returncode and not said:
            raise RuntimeError(f"TypeScript does not compile: {told}")
        before = PRELUDE.count("\n") + 1
        for line, words in said:
            if int(line) < before:
                raise RuntimeError(f"TypeScript does not know the types: {words}")
            yield f"{self.statements[int(line) - before][0]}: {words}", 1


def without_least(node: dict) -> dict:
    return {name: value for name, value in node.items() if name != "minItems" or not isinstance(value, int)}


def typed(name: str) -> str:
    """`chat.postMessage` as its types are named."""
    return "".join(part[0].upper() + part[1:] for part in name.split("."))
