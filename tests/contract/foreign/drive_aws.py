"""boto3 in front of the sim: every operation of AWS that is used, and what each refuses."""

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from world import World, refused

NAME = "docker-production"
NOBODY = "00000000-0000-4000-8000-000000000000"

world = World()
once = Config(retries={"mode": "standard", "total_max_attempts": 1})


def client(service: str, key: str = world.sign_in["aws_access_key_id"]):
    return boto3.client(
        service,
        endpoint_url=world.at["aws"],
        region_name="us-east-2",
        aws_access_key_id=key,
        aws_secret_access_key=world.sign_in["aws_secret_access_key"],
        config=once,
    )


pipelines, builds, logs, sts = (client(it) for it in ("codepipeline", "codebuild", "logs", "sts"))
errors = pipelines.exceptions


def code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def state(stage: str) -> dict:
    stages = pipelines.get_pipeline_state(name=NAME)["stageStates"]
    return next(it for it in stages if it["stageName"] == stage)


def waiting_approval() -> dict | None:
    action = state("Approval")["actionStates"][0]
    return action if "token" in action.get("latestExecution", {}) else None


def answer(status: str, token: str, action: str = "ManualApproval", stage: str = "Approval", **more) -> dict:
    result = {"summary": "Looked at", "status": status}
    return pipelines.put_approval_result(
        pipelineName=NAME, stageName=stage, actionName=action, result=result, token=token, **more
    )


who = sts.get_caller_identity()
assert who["Arn"].endswith("/dana.whitfield"), who
declared = pipelines.get_pipeline(name=NAME)["pipeline"]
assert [it["name"] for it in declared["stages"]] == ["Source", "Approval", "Build"], declared
assert declared["stages"][1]["actions"][0]["actionTypeId"]["category"] == "Approval"
assert [it["name"] for it in pipelines.list_pipelines()["pipelines"]] == [NAME]
refused(errors.PipelineNotFoundException, pipelines.get_pipeline, name="nothing")
refused(errors.PipelineNotFoundException, pipelines.get_pipeline_state, name="nothing")
refused(errors.PipelineVersionNotFoundException, pipelines.get_pipeline, name=NAME, version=99)

# Rejected, asked for again, approved; then a build that fails, is tried again and succeeds.
world.order("/build/fail", {"message": "no space left on device", "phase": "BUILD"})
execution = pipelines.start_pipeline_execution(name=NAME, clientRequestToken="once")["pipelineExecutionId"]
assert pipelines.start_pipeline_execution(name=NAME, clientRequestToken="once")["pipelineExecutionId"] == execution
token = world.until("an approval", waiting_approval)["latestExecution"]["token"]
refused(errors.InvalidApprovalTokenException, answer, status="Approved", token=NOBODY)
refused(errors.ActionNotFoundException, answer, status="Approved", token=token, action="Nothing")
refused(errors.StageNotFoundException, answer, status="Approved", token=token, stage="Nothing")
assert code(refused(ClientError, answer, status="Perhaps", token=token)) == "ValidationException"
assert answer("Rejected", token)["approvedAt"].tzinfo
refused(errors.ApprovalAlreadyCompletedException, answer, status="Approved", token=token)
retry = {"pipelineName": NAME, "stageName": "Approval", "retryMode": "FAILED_ACTIONS"}
world.until("a rejection", lambda: state("Approval")["latestExecution"]["status"] == "Failed")
try_again = pipelines.retry_stage_execution
refused(errors.NotLatestPipelineExecutionException, try_again, pipelineExecutionId=NOBODY, **retry)
try_again(pipelineExecutionId=execution, **retry)
again = world.until("an approval", waiting_approval)["latestExecution"]["token"]
assert again != token
answer("Approved", again)
world.until("a failure", lambda: state("Build").get("latestExecution", {}).get("status") == "Failed")
retry["stageName"] = "Build"
try_again(pipelineExecutionId=execution, **retry)


def ended() -> dict | None:
    found = pipelines.get_pipeline_execution(pipelineName=NAME, pipelineExecutionId=execution)["pipelineExecution"]
    return found if found["status"] == "Succeeded" else None


revision = world.until("the end", ended)["artifactRevisions"][0]
assert len(revision["revisionId"]) == 40, revision
refused(errors.StageNotRetryableException, try_again, pipelineExecutionId=execution, **retry)
nobody = {"pipelineName": NAME, "pipelineExecutionId": NOBODY}
refused(errors.PipelineExecutionNotFoundException, pipelines.get_pipeline_execution, **nobody)

one_by_one = {"pipelineName": NAME, "PaginationConfig": {"PageSize": 1}}
pages = pipelines.get_paginator("list_pipeline_executions").paginate(**one_by_one)
summaries = [it for page in pages for it in page["pipelineExecutionSummaries"]]
assert summaries[0]["pipelineExecutionId"] == execution and len(summaries) > 1, summaries
through = {"succeededInStage": {"stageName": "Build"}}
passed = pipelines.list_pipeline_executions(pipelineName=NAME, filter=through)["pipelineExecutionSummaries"]
assert execution in [it["pipelineExecutionId"] for it in passed]
refused(errors.InvalidNextTokenException, pipelines.list_pipeline_executions, pipelineName=NAME, nextToken="?")
of_it = {"pipelineExecutionId": execution}
pages = pipelines.get_paginator("list_action_executions").paginate(filter=of_it, **one_by_one)
runs = [it for page in pages for it in page["actionExecutionDetails"]]
assert [it["status"] for it in runs if it["stageName"] == "Approval"] == ["Succeeded", "Failed"], runs
refused(
    errors.PipelineExecutionNotFoundException,
    pipelines.list_action_executions,
    pipelineName=NAME,
    filter={"pipelineExecutionId": NOBODY},
)

ids = [it["output"]["executionResult"]["externalExecutionId"] for it in runs if it["stageName"] == "Build"]
found = builds.batch_get_builds(ids=[*ids, f"{NAME}:{NOBODY}"])
assert sorted(it["buildStatus"] for it in found["builds"]) == ["FAILED", "SUCCEEDED"], found
assert found["buildsNotFound"] == [f"{NAME}:{NOBODY}"]
refused(builds.exceptions.InvalidInputException, builds.batch_get_builds, ids=["x"] * 101)
place = found["builds"][0]["logs"]
stream = {"logGroupName": place["groupName"], "logStreamName": place["streamName"]}
head = logs.get_log_events(**stream, startFromHead=True, limit=1)
assert len(head["events"]) == 1
following = logs.get_log_events(**stream, nextToken=head["nextForwardToken"])
assert following["events"] and following["events"][0]["timestamp"] >= head["events"][0]["timestamp"]
refused(logs.exceptions.ResourceNotFoundException, logs.get_log_events, **{**stream, "logStreamName": "nothing"})
refused(logs.exceptions.InvalidParameterException, logs.get_log_events, **stream, nextToken="?")

# Stopped, and the ways into a stage closed and opened.
way = {"pipelineName": NAME, "stageName": "Build", "transitionType": "Inbound"}
pipelines.disable_stage_transition(**way, reason="Not tonight")
assert state("Build")["inboundTransitionState"]["enabled"] is False
pipelines.enable_stage_transition(**way)
stopped = pipelines.start_pipeline_execution(name=NAME)["pipelineExecutionId"]
world.until("an approval", waiting_approval)
stop = {"pipelineName": NAME, "pipelineExecutionId": stopped, "reason": "Not this one"}
pipelines.stop_pipeline_execution(**stop, abandon=True)
refused(
    (errors.DuplicatedStopRequestException, errors.PipelineExecutionNotStoppableException),
    pipelines.stop_pipeline_execution,
    **stop,
)

# The stage goes back to an earlier execution, by one that says so.
earlier = passed[-1]["pipelineExecutionId"]
assert earlier != execution, passed
back = {"pipelineName": NAME, "stageName": "Build"}
roll_back = pipelines.rollback_stage
refused(errors.PipelineExecutionNotFoundException, roll_back, targetPipelineExecutionId=NOBODY, **back)
refused(errors.UnableToRollbackStageException, roll_back, targetPipelineExecutionId=stopped, **back)
execution = roll_back(targetPipelineExecutionId=earlier, **back)["pipelineExecutionId"]
rolled = world.until("the roll-back", ended)
assert (rolled["executionType"], rolled["trigger"]["triggerType"]) == ("ROLLBACK", "ManualRollback"), rolled
assert rolled["rollbackMetadata"]["rollbackTargetPipelineExecutionId"] == earlier, rolled

# Not allowed, not known, and no more.
operations = ["codepipeline:GetPipelineState", "codebuild:BatchGetBuilds", "logs:GetLogEvents"]
world.order("/permissions", {"denied": operations})
for act, arguments in (
    (pipelines.get_pipeline_state, {"name": NAME}),
    (builds.batch_get_builds, {"ids": ids}),
    (logs.get_log_events, stream),
):
    assert code(refused(ClientError, act, **arguments)) == "AccessDeniedException"
world.order("/permissions", {"denied": []})
stranger = client("codepipeline", "AKIANOBODY")
assert code(refused(ClientError, stranger.get_pipeline, name=NAME)) == "UnrecognizedClientException"
assert code(refused(ClientError, client("sts", "AKIANOBODY").get_caller_identity)) == "InvalidClientTokenId"
world.order("/credentials/expire", {"service": "aws"})
assert code(refused(ClientError, pipelines.get_pipeline, name=NAME)) == "ExpiredTokenException"
assert code(refused(ClientError, sts.get_caller_identity)) == "ExpiredToken"
