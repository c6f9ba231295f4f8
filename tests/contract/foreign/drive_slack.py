"""slack_sdk in front of the sim: every method that is used, the webhook, and what each refuses."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient
from world import World, refused

CHANNEL = "production-deployment"

world = World()
client = WebClient(token=world.sign_in["slack_bot_token"], base_url=world.at["slack"] + "/api/")


def error(act, **arguments) -> str:
    return refused(SlackApiError, act, **arguments).response["error"]


assert client.auth_test()["user"] == "slipway"
types = "private_channel,public_channel"
for listing in (client.conversations_list, client.users_conversations):
    assert error(listing, types=types) == "missing_scope"
usual = ["chat:write", "groups:read", "groups:history"]
world.order("/slack/scopes", {"scopes": [*usual, "channels:read"]})
for listing in (client.conversations_list, client.users_conversations):
    found = [it for page in listing(types=types, limit=1, exclude_archived=True) for it in page["channels"]]
    assert [it["name"] for it in found] == [CHANNEL], found
channel = found[0]["id"]
told = client.conversations_info(channel=channel, include_num_members=True)["channel"]
assert told["is_private"] and told["num_members"] > 1, told
assert error(client.conversations_info, channel="C404") == "channel_not_found"

metadata = {"event_type": "release", "event_payload": {"release": "x"}}
blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Deploy* &amp; more"}}]
posted = client.chat_postMessage(channel=channel, text="Deploy", blocks=blocks, metadata=metadata)
ts = posted["ts"]
assert posted["message"]["text"] == "Deploy"
reply = client.chat_postMessage(channel=channel, text="Done", thread_ts=ts, reply_broadcast=True)["ts"]
assert client.chat_update(channel=channel, ts=ts, text="Deployed", blocks=[])["text"] == "Deployed"
assert client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"].endswith(ts.replace(".", ""))
pages = client.conversations_history(channel=channel, limit=1, include_all_metadata=True)
messages = [it for page in pages for it in page["messages"]]
assert [it["ts"] for it in messages] == [reply, ts], messages
assert messages[1]["metadata"] == metadata and messages[1]["reply_count"] == 1, messages
thread = client.conversations_replies(channel=channel, ts=ts)["messages"]
assert [it["ts"] for it in thread] == [ts, reply], thread

assert error(client.chat_postMessage, channel="C404", text="Deploy") == "channel_not_found"
assert error(client.chat_postMessage, channel=channel, text="") == "no_text"
assert error(client.chat_postMessage, channel=channel, text="x" * 40_001) == "msg_too_long"
assert error(client.chat_postMessage, channel=channel, text="x", blocks=[{"type": "section"}]) == "invalid_blocks"
assert error(client.chat_update, channel=channel, ts="1.000000", text="x") == "message_not_found"
assert error(client.chat_getPermalink, channel=channel, message_ts="1.000000") == "message_not_found"
assert error(client.conversations_replies, channel=channel, ts="1.000000") == "thread_not_found"

hook = WebhookClient(world.at["slack"] + world.sign_in["slack_webhook_path"])
sent = hook.send(text="From a webhook")
assert (sent.status_code, sent.body) == (200, "ok"), sent.body
empty = hook.send_dict({"text": ""})
assert (empty.status_code, empty.body) == (400, "no_text"), empty.body

world.order("/permissions", {"denied": ["chat.postMessage"]})
denied = refused(SlackApiError, client.chat_postMessage, channel=channel, text="x").response
assert (denied["error"], denied["needed"]) == ("missing_scope", "chat:write"), denied
world.order("/permissions", {"denied": []})
world.order("/slack/channel", {"member": True, "archived": True})
assert error(client.chat_postMessage, channel=channel, text="x") == "is_archived"
gone = hook.send(text="x")
assert (gone.status_code, gone.body) == (410, "channel_is_archived"), gone.body
world.order("/slack/channel", {"member": False, "archived": False})
assert error(client.chat_postMessage, channel=channel, text="x") == "channel_not_found"
assert error(client.conversations_history, channel=channel) == "channel_not_found"
assert not client.users_conversations(types=types)["channels"]
world.order("/credentials/expire", {"service": "slack"})
assert error(client.auth_test) == "token_revoked"
nobody = WebClient(token="xoxb-nobody", base_url=world.at["slack"] + "/api/")
assert error(nobody.auth_test) == "invalid_auth"
