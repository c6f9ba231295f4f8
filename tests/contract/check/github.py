"""GitHub's REST API by its OpenAPI."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from openapi_schema_validator import OAS30Validator, oas30_format_checker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

HERE = "urn:github"

# What any operation may answer, whether its own list names it or not, with the schema of the body:
# conditional requests, <https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api>;
# credentials, <https://docs.github.com/rest/authentication/authenticating-to-the-rest-api>;
# redirects and where they lead,
# <https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects>;
# client errors, permissions, limits, <https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api>.
ANY = {301: "basic-error", 304: None, 400: "basic-error", 401: "basic-error", 403: "basic-error", 404: "basic-error"}

# The limits are told with every answer:
# <https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api>.
ALWAYS = ["x-github-request-id", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-ratelimit-used"]


# A repository is found under its number as well; that is where the name before leads, once it was renamed.
BY_NUMBER = re.compile(r"/repositories/\d+(?=/|$)")


class Judge:
    def __init__(self, models: Path):
        text = (models / "@octokit/openapi/package/generated/api.github.com.json").read_text(encoding="utf-8")
        # A reference leads from the root of the model, wherever the schema that holds it is looked at.
        self.model = json.loads(text.replace('"#/components/', f'"{HERE}#/components/'))
        amend(self.model)
        self.registry = Registry().with_resource(HERE, Resource(self.model, specification=DRAFT202012))
        self.validators = {}
        self.routes = [
            (verb.upper(), self.pattern(path, operation), operation)
            for path, verbs in self.model["paths"].items()
            for verb, operation in verbs.items()
            if path.startswith(("/repos/{owner}/{repo}", "/user", "/rate_limit"))
        ]

    def pattern(self, path: str, operation: dict):
        """A path's template; only some parameters may hold a slash."""
        several = {it["name"] for it in self.parameters(operation) if it.get("x-multi-segment")}
        # The model forgets to say so of these two.
        several |= {"basehead", "path"}
        parts = re.split(r"\{(.+?)\}", path)
        for index in range(1, len(parts), 2):
            parts[index] = f"(?P<{parts[index]}>{'.+' if parts[index] in several else '[^/]+'})"
        return re.compile("".join(part if index % 2 else re.escape(part) for index, part in enumerate(parts)))

    def parameters(self, operation: dict) -> list[dict]:
        return [self.resolved(it) for it in operation.get("parameters", [])]

    def resolved(self, node: dict) -> dict:
        while "$ref" in node:
            target = self.model
            for part in node["$ref"].removeprefix(f"{HERE}#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def find(self, exchange: dict):
        """The operation that the path is for, by the model; the template with the fewest parameters first."""
        asked = BY_NUMBER.sub("/repos/owner/name", exchange["path"])
        found = [
            (len(match.groupdict()), operation, match.groupdict())
            for method, pattern, operation in self.routes
            if method == exchange["method"] and (match := pattern.fullmatch(asked))
        ]
        found.sort(key=lambda it: (it[0], sum("/" in value for value in it[2].values())))
        return found[0][1:] if found else (None, {})

    def request(self, exchange: dict) -> list[str]:
        operation, path = self.find(exchange)
        if operation is None:
            return [f"{exchange['method']} {exchange['path']} is no operation"]
        found = []
        if operation["operationId"] != exchange["operation"]:
            found.append(f"{exchange['path']} is {operation['operationId']}")
        if not exchange["headers"].get("user-agent"):
            found.append("no user agent")
        query = dict(parse_qsl(exchange["query"], keep_blank_values=True))
        declared = {(it["in"], it["name"]): it for it in self.parameters(operation)}
        for place, sent in (("path", path), ("query", query)):
            for name, value in sent.items():
                if (place, name) not in declared:
                    found.append(f"{place} parameter {name} is not known")
                    continue
                schema = declared[place, name]["schema"]
                value = unquote(value) if place == "path" else value
                found += [f"{place} parameter {name}: {it}" for it in self.errors(typed(value, schema), schema)]
        for (place, name), parameter in declared.items():
            if place == "query" and parameter.get("required") and name not in query:
                found.append(f"query parameter {name} is missing")
        return found + self.body(exchange, operation)

    def body(self, exchange: dict, operation: dict) -> list[str]:
        if "requestBody" not in operation:
            return ["a body that is not wanted"] if exchange["body"] else []
        wanted = self.resolved(operation["requestBody"])
        if not exchange["body"]:
            return ["no body"] if wanted.get("required") else []
        if exchange["headers"].get("content-type", "").split(";")[0] != "application/json":
            return [f"content type {exchange['headers'].get('content-type')}"]
        return self.both(json.loads(exchange["body"]), wanted["content"]["application/json"]["schema"])

    def response(self, exchange: dict) -> list[str]:
        operation, _ = self.find(exchange)
        if operation is None:
            return []
        answer = exchange["answer"]
        headers = answer["headers"]
        found = [f"no header {name}" for name in ALWAYS if name not in headers]
        declared = operation["responses"].get(str(answer["status"]))
        if declared is None:
            if answer["status"] not in ANY:
                return [*found, f"status {answer['status']} is not among {', '.join(operation['responses'])}"]
            return found + self.content(answer, self.general(ANY[answer["status"]]))
        declared = self.resolved(declared)
        # Some lists that are paged do not declare the header.
        paged = "Link" in declared.get("headers", {}) or any(it["name"] == "page" for it in self.parameters(operation))
        if "link" in headers and not paged:
            found.append("a Link header that is not declared")
        if answer["status"] >= 400 and "content" not in declared:
            return found + self.content(answer, self.general("basic-error"))
        return found + self.content(answer, declared.get("content", {}))

    def general(self, name: str | None) -> dict:
        """An error's content, which not every operation declares."""
        return {"application/json": {"schema": {"$ref": f"{HERE}#/components/schemas/{name}"}}} if name else {}

    def content(self, answer: dict, content: dict) -> list[str]:
        if not content:
            return [f"a body where none is declared: {answer['body'][:100]}"] if answer["body"] else []
        kind = answer["headers"].get("content-type", "").split(";")[0]
        media = next((media for name, media in content.items() if name.split(";")[0] == kind), None)
        if media is None:
            return [f"content type {kind}, declared are {', '.join(content)}"]
        body = json.loads(answer["body"])
        if answer["status"] < 400:
            return self.both(body, media["schema"])
        # The status that a basic error has in its body is in every error's.
        found = [] if body.get("message") else ["an error without a message"]
        return found + [it for it in self.both(body, media["schema"]) if it != "body.status is not known"]

    def both(self, value, schema: dict) -> list[str]:
        return list(dict.fromkeys(self.errors(value, schema) + list(self.unknown(value, schema, "body"))))

    def errors(self, value, schema: dict) -> list[str]:
        key = id(schema)
        if key not in self.validators:
            validator = OAS30Validator(schema, registry=self.registry, format_checker=oas30_format_checker)
            # Kept with its schema, whose id is the key.
            self.validators[key] = (validator, schema)
        return [
            f"{place(error.absolute_path)}: {said(error)}" for error in self.validators[key][0].iter_errors(value)
        ]

    def unknown(self, value, schema: dict, at: str):
        """Members that no part of the schema names, where it names any."""
        if isinstance(value, list):
            items = [part["items"] for part in self.parts(schema) if "items" in part]
            for item in value:
                for part in items[:1]:
                    yield from self.unknown(item, part, f"{at}[]")
        if not isinstance(value, dict):
            return
        named = {}
        for part in self.parts(schema):
            if part.get("additionalProperties"):
                return
            for name, member in part.get("properties", {}).items():
                named.setdefault(name, []).append(member)
        if not named:
            return
        for name, member in value.items():
            if name not in named:
                yield f"{at}.{name} is not known"
            elif len(named[name]) == 1:
                yield from self.unknown(member, named[name][0], f"{at}.{name}")

    def parts(self, schema: dict):
        schema = self.resolved(schema)
        yield schema
        for word in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(word, []):
                yield from self.parts(part)


def amend(node):
    """What the model means and does not say: an enum that may be null leaves null out, which OpenAPI 3.0 takes for a
    contradiction."""
    if isinstance(node, list):
        for item in node:
            amend(item)
    if isinstance(node, dict):
        if node.get("nullable") and None not in node.get("enum", [None]):
            node["enum"].append(None)
        for item in node.values():
            amend(item)


def typed(value: str, schema: dict):
    """A parameter as the type it is to have, if it can be read so."""
    kind = schema.get("type")
    if kind == "integer" and re.fullmatch(r"-?\d+", value):
        return int(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind == "array":
        return value.split(",")
    return value


def place(path) -> str:
    return ".".join("[]" if isinstance(part, int) else str(part) for part in path) or "body"


def said(error) -> str:
    """What is wrong, without the whole of the value; of alternatives, what is wrong with the likeliest."""
    if error.context:
        inner = min(error.context, key=lambda it: (len(it.schema_path), str(it.message)))
        return f"none of the alternatives; {place(inner.absolute_path)}: {inner.message[-200:]}"
    return error.message if len(error.message) < 200 else f"{error.message[:80]} … {error.message[-110:]}"
