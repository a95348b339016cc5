"""A small stand-in for systemd: runs the commands of the shipped units, and answers a `systemctl` of its own."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from tests.servers import ROOT

SHIPPED = ROOT / "deploy" / "systemd"
SYSTEMCTL = """#!{python}
import json, socket, sys
with socket.socket(socket.AF_UNIX) as line:
    line.connect({path!r})
    line.sendall(json.dumps(sys.argv[1:]).encode() + b"\\n")
    answer = json.loads(line.makefile().readline())
print(answer["said"], end="")
sys.exit(answer["code"])
"""


def read_unit(name: str) -> dict[str, list[str]]:
    """The settings of a unit with what all units share; `porchlight-socket@8001` reads the template."""
    stem, _, instance = name.removesuffix(".service").partition("@")
    files = [SHIPPED / f"{stem}{'@' if instance else ''}.service", SHIPPED / "porchlight-.service.d" / "hardening.conf"]
    found: dict[str, list[str]] = {}
    for line in "\n".join(file.read_text() for file in files).splitlines():
        key, is_setting, value = line.partition("=")
        if is_setting and not line.startswith("#"):
            found.setdefault(key, []).append(value.replace("%i", instance))
    return found


class Units:
    """Runs units by name. `env` stands for /etc/porchlight/env and wins; `instead` replaces words, such as a port that is taken."""

    def __init__(self, folder: Path, env: Mapping[str, str], instead: Mapping[str, str]) -> None:
        self.folder, self.env, self.instead = folder, env, instead
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.asked: list[list[str]] = []
        path = str(folder / "control.sock")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen()
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "systemctl").write_text(SYSTEMCTL.format(python=sys.executable, path=path))
        (bin_folder / "systemctl").chmod(0o755)
        self.path = f"{bin_folder}:{os.environ['PATH']}"
        self._thread = threading.Thread(target=self._answer, daemon=True)

    def __enter__(self) -> Units:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(60)
        self._listener.close()
        for process in self.running.values():
            process.terminate()
        for name in list(self.running):
            self.stop(name)
        if error is not None:
            error.add_note(self.log())

    def log(self) -> str:
        path = self.folder / "journal"
        return path.read_text(errors="replace")[-6000:] if path.exists() else ""

    def start(self, name: str) -> None:
        unit = read_unit(name)
        environment = {"PORTAL_NO_VENV": "1"}
        for words in unit.get("Environment", []):
            environment |= dict(word.split("=", 1) for word in shlex.split(words))
        environment = {**os.environ, **environment, **self.env}
        with (self.folder / "journal").open("ab") as journal:
            process = subprocess.Popen(
                self._command(unit["ExecStart"][0]),
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=journal,
                stderr=journal,
                start_new_session=True,
            )
            if unit["Type"] == ["oneshot"]:
                subprocess.CompletedProcess(process.args, process.wait(60)).check_returncode()
                return
            self.running[name] = process
            for command in unit.get("ExecStartPost", []):
                subprocess.run(
                    self._command(command), cwd=ROOT, env=environment, stdout=journal, stderr=journal, check=True
                )

    def _command(self, text: str) -> list[str]:
        words = [self.instead.get(word, word) for word in shlex.split(text)]
        python, *rest = words
        assert python in {"/srv/porchlight/.venv/bin/python", "/usr/bin/python3"}
        return [sys.executable, *rest]

    def stop(self, name: str) -> int | None:
        """As systemd does: SIGTERM, and after TimeoutStopSec the end. Returns the exit code."""
        process = self.running.pop(name, None)
        if process is None:
            return None
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(float(read_unit(name)["TimeoutStopSec"][0]))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait()

    # -- systemctl ------------------------------------------------------------------------------------------------------

    def _answer(self) -> None:
        while True:
            try:
                line, _address = self._listener.accept()
            except OSError:
                return
            with line, line.makefile() as asked:
                arguments = json.loads(asked.readline())
                self.asked.append(arguments)
                try:
                    code, said = 0, self._systemctl(*arguments)
                except (subprocess.SubprocessError, OSError) as error:
                    code, said = 1, f"{error}\n"
                line.sendall(json.dumps({"code": code, "said": said}).encode() + b"\n")

    def _systemctl(self, verb: str, *names: str) -> str:
        if verb == "list-units":
            units = sorted(name for name in self.running if name.startswith("porchlight-socket@"))
            return "".join(f"{name} loaded active running Porchlight\n" for name in units)
        for name in names:
            if verb == "restart" or name in self.running:
                self.stop(name)
                self.start(name)
        return ""
