"""A language server on stdio, spoken to as an editor does."""

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlparse


def uri(path):
    return Path(path).as_uri()


def path_of(uri_text):
    return unquote(urlparse(uri_text).path)


def quiet_clangd(folder):
    """An environment in which clangd does not index the standard library, which
    takes it seconds; nothing else is configured."""
    config = Path(folder) / "clangd"
    config.mkdir(parents=True, exist_ok=True)
    (config / "config.yaml").write_text("Index: {StandardLibrary: No, Background: Skip}\n")
    return os.environ | {"XDG_CONFIG_HOME": str(folder)}


class Server:
    """One running server. Requests wait for their answer; notifications of the
    server are kept in `seen`, its requests are answered with null."""

    def __init__(self, command, cwd, stderr=subprocess.DEVNULL, env=None):
        self.process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=stderr)
        self.seen, self.requests, self.answers = [], [], {}
        self.arrived = threading.Condition()
        self.next_id = 0
        self.answer_with = lambda request: None
        threading.Thread(target=self._read, daemon=True).start()

    # --- Bytes ---------------------------------------------------------------

    def send_bytes(self, body):
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def send(self, message):
        self.send_bytes(json.dumps({"jsonrpc": "2.0"} | message).encode())

    def _read(self):
        stream = self.process.stdout
        while True:
            length = None
            while (line := stream.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length is None:
                break
            self._take(json.loads(stream.read(length)))
        with self.arrived:
            self.answers[None] = None
            self.arrived.notify_all()

    def _take(self, message):
        with self.arrived:
            if "method" not in message:
                self.answers[message.get("id")] = message
            elif "id" in message:
                self.requests.append(message)
            else:
                self.seen.append(message | {"at": time.monotonic()})
            self.arrived.notify_all()
        if "method" in message and "id" in message:
            self.send({"id": message["id"], "result": self.answer_with(message)})

    # --- Messages ------------------------------------------------------------

    def wait(self, done, seconds=60):
        with self.arrived:
            if not self.arrived.wait_for(done, seconds):
                raise TimeoutError(f"the server said, until now: {self.seen[-5:]}")

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def start(self, method, params):
        self.next_id += 1
        self.send({"id": self.next_id, "method": method, "params": params})
        return self.next_id

    def finish(self, number, seconds=60):
        """The whole answer, with `result` or `error`."""
        self.wait(lambda: number in self.answers, seconds)
        return self.answers.pop(number)

    def request(self, method, params, seconds=60):
        answer = self.finish(self.start(method, params), seconds)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    def initialize(self, root, capabilities=None, **more):
        result = self.request("initialize", {
            "processId": os.getpid(), "rootUri": uri(root),
            "capabilities": capabilities or {}} | more)
        self.notify("initialized", {})
        return result

    def open(self, path, text=None, version=1):
        text = Path(path).read_text() if text is None else text
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri(path), "languageId": "cpp", "version": version, "text": text}})

    def change(self, path, version, text):
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri(path), "version": version},
            "contentChanges": [{"text": text}]})

    def diagnostics(self, path, version=None, seconds=60):
        """The newest diagnostics of a file, once there are some for `version`."""
        def found():
            for message in reversed(self.seen):
                if message["method"] == "textDocument/publishDiagnostics":
                    params = message["params"]
                    if params["uri"] == uri(path) and version in (None, params.get("version")):
                        return params
            return None
        self.wait(found, seconds)
        return found()["diagnostics"]

    def stop(self):
        """The exit status after shutdown and exit."""
        if self.process.poll() is None:
            self.request("shutdown", None)
            self.notify("exit", None)
        self.process.stdin.close()
        status = self.process.wait(30)
        self.process.stdout.close()
        return status

    def kill(self):
        self.process.kill()
        self.process.wait()


def apply_edits(text, edits):
    """Text edits (UTF-16 positions) on a text."""
    lines = text.splitlines(keepends=True) + [""]

    def offset(position):
        line = lines[position["line"]] if position["line"] < len(lines) else ""
        units = line.encode("utf-16-le")[:2 * position["character"]]
        return sum(map(len, lines[:position["line"]])) + len(units.decode("utf-16-le"))

    spans = sorted(((offset(e["range"]["start"]), offset(e["range"]["end"]), e["newText"])
                    for e in edits), reverse=True)
    for begin, end, new in spans:
        text = text[:begin] + new + text[end:]
    return text
