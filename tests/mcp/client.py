"""Calls each tool of huiwen through the public Python client, over standard input and output and over HTTP.

usage: client.py BINARY URL KEY, in a folder with knowledge/
"""

import asyncio
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client import streamable_http
from mcp.client.stdio import stdio_client


def field(of, *names):
    """A field by the name that this version of the client has for it."""
    return next(getattr(of, name) for name in names if hasattr(of, name))


def over_http(url, headers):
    if hasattr(streamable_http, "streamable_http_client"):
        client = streamable_http.create_mcp_http_client(headers=headers)
        return streamable_http.streamable_http_client(url, http_client=client)
    return streamable_http.streamablehttp_client(url, headers=headers)


async def calls(way, session):
    begun = await session.initialize()
    assert field(begun, "server_info", "serverInfo").name == "huiwen", begun
    tools = (await session.list_tools()).tools
    arguments = {
        "list_meetings": {"about": "防汛"},
        "search": {"query": "三里湾的堤什么时候完工?"},
        "get_remarks": {"file": "公路.txt"},
        "find_speakers": {"county": "上坪县"},
        "what_did_they_say": {"who": "南宫雪"},
        "verify_quote": {"text": "今年新修二十公里乡道", "speaker": "钟铁山"},
        "list_tasks": {},
    }
    assert {tool.name for tool in tools} == set(arguments), tools
    got = {}
    for name, given in arguments.items():
        result = await session.call_tool(name, given)
        assert not field(result, "is_error", "isError"), (name, result)
        got[name] = field(result, "structured_content", "structuredContent")
    assert got["list_meetings"]["meetings"][0]["file"] == "七月/防汛.txt", got
    assert got["search"]["quotes"][0]["speaker"] == "钟铁山", got
    assert got["get_remarks"]["remarks"], got
    assert got["find_speakers"]["total"] == 2, got
    assert got["what_did_they_say"]["quotes"][0]["county"] == "上坪县", got
    assert got["verify_quote"]["verdict"] == "verbatim", got
    assert got["list_tasks"]["quotes"][0]["due"] == "8月10日前", got
    wrong = await session.call_tool("get_remarks", {"file": "nowhere.txt"})
    assert field(wrong, "is_error", "isError"), wrong
    print(f"{way}: all {len(tools)} tools")


async def main(binary, url, key):
    async with stdio_client(StdioServerParameters(command=binary, args=["mcp"])) as (read, write):
        async with ClientSession(read, write) as session:
            await calls("stdio", session)
    async with over_http(url, {"Authorization": f"Bearer {key}"}) as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            await calls("http", session)


asyncio.run(main(*sys.argv[1:4]))
