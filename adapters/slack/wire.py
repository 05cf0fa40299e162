"""One call that says something to Slack, over the pooled session. Not here: what a refusal means; calls that ask (the kit makes those).

The kit's own way gathers what nobody here looks at, retries and files among it: a quarter of a question's way out.
"""

import json
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.draw import Json


async def told(client: AsyncWebClient, method: str, arguments: Json) -> AsyncSlackResponse:
    """Call a method that takes JSON. Raises SlackApiError where Slack refuses, and what aiohttp raises."""
    session = client.session
    if session is None or session.closed:
        return await client.api_call(method, json=arguments)
    url = f"{client.base_url}{method}"
    headers = {**client.headers, "Authorization": f"Bearer {client.token}", "Content-Type": "application/json;charset=utf-8"}
    body = json.dumps(arguments).encode()
    async with session.post(url, data=body, headers=headers, ssl=client.ssl or True, proxy=client.proxy) as answer:
        said = _read(await answer.read())
    how: dict[str, Any] = {"data": said, "headers": answer.headers, "status_code": answer.status}
    answered = AsyncSlackResponse(client=client, http_verb="POST", api_url=url, req_args={}, **how)
    answered.validate()  # type: ignore[no-untyped-call]
    return answered


def _read(body: bytes) -> Json:
    """Return what Slack said; nothing where a page of some proxy came in its place."""
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
