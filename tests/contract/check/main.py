"""Holds recorded exchanges against the models: `main.py MODELS RECORDING`, the verdict as JSON on standard output.

A recording is one exchange a line. An exchange that a fault decided about is counted and not judged.
"""

import json
import sys
from pathlib import Path

import aws
import github
import slack


def main(models: Path, recording: Path) -> dict:
    services = {"aws": aws.Judge(), "github": github.Judge(models), "slack": slack.Judge(models)}
    verdict = {"requests": 0, "responses": 0, "injected": 0, "operations": {}, "differences": []}
    seen = {}
    differences = {}
    exchanges = [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]
    # Slack's first: the compiler works while the others are judged.
    exchanges.sort(key=lambda it: it["service"] != "slack")
    for exchange in exchanges:
        judge = services[exchange["service"]]
        if judge is not services["slack"]:
            services["slack"].compile()
        if judge.is_page(exchange):
            continue
        # Looks repeat: what was judged once need not be judged again.
        key = (exchange["by"], identity(exchange))
        if key not in seen:
            seen[key] = (judge.request(exchange), answered(judge, exchange))
        asked, said = seen[key]
        verdict["requests"] += 1
        if exchange["injected"]:
            verdict["injected"] += 1
        elif exchange["answer"]:
            verdict["responses"] += 1
        verdict["operations"].setdefault(exchange["by"], set()).add(exchange["operation"])
        for what, found in (("request", asked), ("response", said)):
            # A foreign client's request is its own affair.
            if what == "request" and exchange["by"] != "ours":
                continue
            for difference in found:
                words = f"{exchange['operation']}, {what}: {difference}"
                differences[words] = differences.get(words, 0) + 1
    for words, times in services["slack"].compiled():
        differences[words] = differences.get(words, 0) + times
    verdict["operations"] = {by: sorted(names) for by, names in verdict["operations"].items()}
    verdict["differences"] = [f"{words} ({times} times)" for words, times in differences.items()]
    return verdict


def answered(judge, exchange: dict) -> list[str]:
    if exchange["injected"] or not exchange["answer"]:
        return []
    return judge.response(exchange)


def identity(exchange: dict) -> str:
    """An exchange without what is never the same twice and means nothing."""
    same = {name: value for name, value in exchange.items() if name not in ("seq", "at")}
    if same["answer"]:
        headers = same["answer"]["headers"].items()
        passing = ("date", "etag", "x-github-request-id", "x-amzn-requestid", "x-slack-req-id")
        kept = {name: value for name, value in headers if name not in passing and "ratelimit" not in name}
        same["answer"] = {**same["answer"], "headers": kept}
    return json.dumps(same, sort_keys=True)


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout)
