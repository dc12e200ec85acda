"""The load's process: runs one workload against one started contender, and prints what it measured as JSON.

It is started by `bench.runs`, which pins it; its whole input is one JSON object on its standard input.
"""

import gc
import importlib
import json
import resource
import sys
import time
from typing import Any

import uvloop


async def main(job: dict[str, Any]) -> dict[str, Any]:
    """Run `job["workload"]` with `job["arguments"]`, and say how busy this process was."""
    contender = importlib.import_module(f"bench.contenders.{job['contender']}")
    workload = importlib.import_module(f"bench.workloads.{job['workload']}")
    gc.disable()
    began, busy = time.perf_counter(), time.process_time()
    result = await workload.run(contender, job["details"], **job["arguments"])
    result["load_busy"] = (time.process_time() - busy) / (time.perf_counter() - began)
    return result


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(json.dumps(uvloop.run(main(json.load(sys.stdin)))))
