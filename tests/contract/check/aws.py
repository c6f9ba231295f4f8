"""CodePipeline, CodeBuild, CloudWatch Logs and STS by botocore's service models."""

import json
from urllib.parse import parse_qsl

import botocore.parsers
import botocore.session
from jsonschema import Draft202012Validator

SERVICES = ("codepipeline", "codebuild", "logs")

# What every operation of a service may answer beside its own errors:
# <https://docs.aws.amazon.com/codepipeline/latest/APIReference/CommonErrors.html> and its like.
COMMON = {
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InternalFailure",
    "MissingAuthenticationTokenException",
    "NotAuthorized",
    "OptInRequired",
    "RequestExpired",
    "ServiceUnavailable",
    "ThrottlingException",
    "UnrecognizedClientException",
    "ValidationException",
    # The JSON protocol's own: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>.
    "SerializationException",
    "UnknownOperationException",
}
# The query protocol names the same without the ending:
# <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>.
COMMON_QUERY = {
    "AccessDenied",
    "ExpiredToken",
    "InvalidAction",
    "InvalidClientTokenId",
    "MissingAuthenticationToken",
    "SignatureDoesNotMatch",
    "Throttling",
    "ValidationError",
}


# How these travel in JSON: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>.
NUMBERS = {"double": "number", "float": "number", "timestamp": "number"}


class Judge:
    def __init__(self):
        session = botocore.session.Session()
        self.models = {name: session.get_service_model(name) for name in (*SERVICES, "sts")}
        self.by_target = {self.models[name].metadata["targetPrefix"]: self.models[name] for name in SERVICES}
        self.schemas = {}

    def operation(self, exchange: dict):
        target = exchange["headers"].get("x-amz-target")
        if target is None:
            name = dict(parse_qsl(exchange["body"])).get("Action")
            return self.models["sts"].operation_model(name)
        prefix, name = target.split(".")
        return self.by_target[prefix].operation_model(name)

    def request(self, exchange: dict) -> list[str]:
        operation = self.operation(exchange)
        http = operation.http
        found = []
        if (exchange["method"], exchange["path"]) != (http["method"], http["requestUri"]):
            found.append(f"{exchange['method']} {exchange['path']}")
        if operation.service_model.service_name == "sts":
            return found + self.query(exchange, operation)
        version = operation.metadata["jsonVersion"]
        if exchange["headers"].get("content-type") != f"application/x-amz-json-{version}":
            found.append(f"content type {exchange['headers'].get('content-type')}")
        return found + self.errors(operation, json.loads(exchange["body"]), operation.input_shape)

    def query(self, exchange: dict, operation) -> list[str]:
        sent = dict(parse_qsl(exchange["body"], keep_blank_values=True))
        found = []
        if sent.pop("Version", None) != operation.metadata["apiVersion"]:
            found.append("another version of the API")
        if sent.pop("Action", None) != operation.name:
            found.append("no action")
        return found + self.errors(operation, sent, operation.input_shape)

    def response(self, exchange: dict) -> list[str]:
        operation = self.operation(exchange)
        answer = exchange["answer"]
        is_query = operation.service_model.service_name == "sts"
        expected = "text/xml" if is_query else f"application/x-amz-json-{operation.metadata['jsonVersion']}"
        found = []
        if answer["headers"].get("content-type") != expected:
            found.append(f"content type {answer['headers'].get('content-type')}")
        if "x-amzn-requestid" not in answer["headers"]:
            found.append("no request id")
        shape = operation.output_shape
        parser = botocore.parsers.create_parser("query" if is_query else "json")
        parsed = parser.parse(
            {"body": answer["body"].encode(), "headers": answer["headers"], "status_code": answer["status"]},
            shape,
        )
        if answer["status"] == 200:
            if is_query:
                parsed.pop("ResponseMetadata")
                return found + self.errors(operation, parsed, shape)
            body = json.loads(answer["body"] or "{}")
            # The least length of a list is what may be asked for; none found is an empty list:
            # <https://docs.aws.amazon.com/cli/latest/reference/codebuild/batch-get-builds.html>.
            wrong = self.errors(operation, body, shape)
            return found + [it for it in wrong if not it.endswith("[] should be non-empty") and not by_connection(it)]
        return found + self.refusal(operation, answer, parsed.get("Error", {}), is_query)

    def refusal(self, operation, answer: dict, error: dict, is_query: bool) -> list[str]:
        code, status = error.get("Code"), answer["status"]
        own = {shape.error_code: shape for shape in operation.error_shapes}
        found = [] if error.get("Message") else [f"{code} without a message"]
        if is_query:
            known = code in own or code in COMMON_QUERY
            return found if known else [*found, f"{code} is no error of {operation.name}"]
        if code in own:
            shape = own[code]
            body = json.loads(answer["body"])
            body.pop("__type")
            # Each error says what happened, whether its model has room for it or not.
            said = {name: it for name, it in body.items() if name in shape.members or name.lower() != "message"}
            wanted = shape.metadata.get("error", {}).get("httpStatusCode", 400)
            if status != wanted:
                found.append(f"{code} with status {status}, not {wanted}")
            return found + self.errors(operation, said, shape)
        if code not in COMMON:
            found.append(f"{code} is no error of {operation.name}")
        if status != 400:
            found.append(f"{code} with status {status}, not 400")
        return found

    def errors(self, operation, value, shape) -> list[str]:
        if shape is None:
            return [] if value in ({}, None) else [f"nothing is declared, got {value}"]
        key = (operation.service_model.service_name, shape.name)
        if key not in self.schemas:
            definitions = {}
            reference(shape, definitions)
            schema = {"$ref": f"#/$defs/{shape.name}", "$defs": definitions}
            self.schemas[key] = Draft202012Validator(schema)
        return [
            f"{'.'.join(map(str, error.absolute_path)) or shape.name}: {error.message[:300]}"
            for error in self.schemas[key].iter_errors(value)
        ]


def by_connection(wrong: str) -> bool:
    """Of what comes through a connection `aws codepipeline get-pipeline-state` prints the revision's id alone."""
    place, _, said = wrong.partition(": ")
    return place.endswith("actionStates.0.currentRevision") and said in (
        "'revisionChangeId' is a required property",
        "'created' is a required property",
    )


def reference(shape, definitions: dict) -> dict:
    """A shape as JSON Schema, which has a check for every constraint; a model's structures are closed."""
    if shape.name not in definitions:
        definitions[shape.name] = {}
        definitions[shape.name].update(described(shape, definitions))
    return {"$ref": f"#/$defs/{shape.name}"}


def described(shape, definitions: dict) -> dict:
    limits = shape.metadata
    if shape.type_name == "structure":
        members = {name: reference(member, definitions) for name, member in shape.members.items()}
        return {
            "type": "object",
            "properties": members,
            "required": shape.required_members,
            "additionalProperties": False,
        }
    if shape.type_name == "list":
        return bounded({"type": "array", "items": reference(shape.member, definitions)}, limits, "Items")
    if shape.type_name == "map":
        return {
            "type": "object",
            "propertyNames": reference(shape.key, definitions),
            "additionalProperties": reference(shape.value, definitions),
        }
    if shape.type_name == "string":
        schema = bounded({"type": "string"}, limits, "Length")
        if shape.enum:
            schema["enum"] = shape.enum
        if "pattern" in limits:
            # A service means the whole of it.
            schema["pattern"] = f"^(?:{limits['pattern']})$"
        return schema
    if shape.type_name in ("integer", "long"):
        return bounded({"type": "integer"}, limits, "imum")
    return {"type": NUMBERS.get(shape.type_name, shape.type_name)}


def bounded(schema: dict, limits: dict, ending: str) -> dict:
    for bound in ("min", "max"):
        if bound in limits:
            schema[f"{bound}{ending}"] = limits[bound]
    return schema
