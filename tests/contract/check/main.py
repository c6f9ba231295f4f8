"""Holds recorded exchanges against the models: `main.py MODELS RECORDING`, the verdict as JSON on standard output.

A recording is one exchange a line. An exchange that a fault decided about is counted and not judged.
"""

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import aws
import github
import slack

# As many as are judged in the time that another process takes to read the models.
WORTH_A_PROCESS = 1000

# Of this process, by service.
judges = {}


def main(models: Path, recording: Path) -> dict:
    exchanges = [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]
    # A page of a web site is not part of an API.
    exchanges = [it for it in exchanges if it["operation"] != "web"]
    # What an earlier version left beside the compiled output has no shape: each of it is one of its own.
    keys = [(it["by"], it.get("shape", f"{place}")) for place, it in enumerate(exchanges)]
    # Looks repeat: of one shape, one is judged.
    distinct = dict(zip(keys, exchanges))
    of_slack = slack.Judge(models)
    found = {key: judged(of_slack, it) for key, it in distinct.items() if it["service"] == "slack"}
    # The compiler works while the others are judged.
    of_slack.compile()
    others = {key: it for key, it in distinct.items() if key not in found}
    processes = min(os.cpu_count() or 1, 1 + len(others) // WORTH_A_PROCESS)
    with ProcessPoolExecutor(processes, initializer=read, initargs=(models,)) as pool:
        found.update(zip(others, pool.map(judged_here, others.values(), chunksize=100)))

    verdict = {"requests": 0, "responses": 0, "injected": 0, "shapes": len(distinct), "operations": {}}
    differences = {}
    for key, exchange in zip(keys, exchanges):
        asked, said = found[key]
        verdict["requests"] += 1
        if exchange["injected"]:
            verdict["injected"] += 1
        elif exchange["answer"]:
            verdict["responses"] += 1
        verdict["operations"].setdefault(exchange["by"], set()).add(exchange["operation"])
        for what, wrong in (("request", asked), ("response", said)):
            # A foreign client's request is its own affair.
            if what == "request" and exchange["by"] != "ours":
                continue
            for difference in wrong:
                words = f"{exchange['operation']}, {what}: {difference}"
                differences[words] = differences.get(words, 0) + 1
    for words, times in of_slack.compiled():
        differences[words] = differences.get(words, 0) + times
    verdict["operations"] = {by: sorted(names) for by, names in verdict["operations"].items()}
    verdict["differences"] = [f"{words} ({times} times)" for words, times in differences.items()]
    return verdict


def read(models: Path):
    judges.update(aws=aws.Judge(), github=github.Judge(models))


def judged_here(exchange: dict) -> tuple[list[str], list[str]]:
    return judged(judges[exchange["service"]], exchange)


def judged(judge, exchange: dict) -> tuple[list[str], list[str]]:
    return judge.request(exchange), answered(judge, exchange)


def answered(judge, exchange: dict) -> list[str]:
    if exchange["injected"] or not exchange["answer"]:
        return []
    return judge.response(exchange)


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout)
