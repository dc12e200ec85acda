"""The load's process: runs one workload against one started contender, and prints what it measured, or why not, as JSON.

It is started by `bench.runs`, which pins it; its whole input is one JSON object on its standard input.
"""

import gc
import importlib
import json
import sys
import traceback
from typing import Any

import uvloop

from bench.machine import allow_many_files


async def main(job: dict[str, Any]) -> dict[str, Any]:
    """Run `job["workload"]` with `job["arguments"]`."""
    contender = importlib.import_module(f"bench.contenders.{job['contender']}")
    workload = importlib.import_module(f"bench.workloads.{job['workload']}")
    gc.disable()
    try:
        result: dict[str, Any] = await workload.run(contender, job["details"], **job["arguments"])
    except Exception:  # noqa: BLE001 - told to the one who counts
        return {"failure": traceback.format_exc()}
    return result


if __name__ == "__main__":
    allow_many_files()
    print(json.dumps(uvloop.run(main(json.load(sys.stdin)))))
