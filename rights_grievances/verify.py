"""Is this package as it was made? Standard library alone; no network. Run it:  python3 verify.py THE-FILE.zip

Each file in the package has a fingerprint (SHA-256). The fingerprints hang together as a chain: change, add, take out or swap
anything, and the chain breaks at that place. The zip itself is written in one way only, so that no byte can differ unseen.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zlib
from pathlib import Path

FORMAT = "porchlight-pack-1"
MANIFEST = "manifest.json"
START = "0" * 64
LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
DAY = 33  # 1 January 1980: the same for all, so that the same files always make the same bytes


def link(previous: str, path: str, digest: str) -> str:
    """The chain's next value: over the one before it, the file's name and its fingerprint."""
    return hashlib.sha256(f"{previous}\n{path}\n{digest}".encode()).hexdigest()


def manifest_of(files: dict[str, bytes]) -> bytes:
    """The list of all files in their order, each with its fingerprint and the chain up to it."""
    entries, chain = [], START
    for path, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        chain = link(chain, path, digest)
        entries.append({"path": path, "sha256": digest, "chain": chain})
    said = {"format": FORMAT, "entries": entries, "head": chain}
    return (json.dumps(said, indent=1, ensure_ascii=True) + "\n").encode()


def head_of(manifest: bytes) -> str:
    return str(json.loads(manifest)["head"])


def zipped(files: dict[str, bytes]) -> bytes:
    """The one way such a zip is written: nothing compressed, one fixed date, names in plain ASCII."""
    body, directory = bytearray(), bytearray()
    for path, content in files.items():
        name, crc, size = path.encode("ascii"), zlib.crc32(content), len(content)
        directory += CENTRAL.pack(b"PK\1\2", 20, 20, 0, 0, 0, DAY, crc, size, size, len(name), 0, 0, 0, 0, 0, len(body))
        directory += name
        body += LOCAL.pack(b"PK\3\4", 20, 0, 0, 0, DAY, crc, size, size, len(name), 0) + name + content
    end = END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return bytes(body + directory + end)


def unzipped(data: bytes) -> tuple[dict[str, bytes], dict[str, int]]:
    """The files one after the other as far as they can be read, and the byte at which each of them ends."""
    files: dict[str, bytes] = {}
    ends: dict[str, int] = {}
    at = 0
    while data[at : at + 4] == b"PK\3\4" and at + LOCAL.size <= len(data):
        head = LOCAL.unpack_from(data, at)
        start = at + LOCAL.size + head[9]
        end = start + head[7]
        name = data[at + LOCAL.size : start].decode("ascii", "backslashreplace")
        if end > len(data) or name in files:
            break
        files[name], ends[name] = data[start:end], end
        at = end
    return files, ends


def problems(data: bytes, head: str = "") -> list[str]:
    """What is wrong and where, each as a sentence; nothing where all is as it was made. `head`: as it was told elsewhere."""
    files, ends = unzipped(data)
    manifest = files.pop(MANIFEST, None)
    missing = f"{MANIFEST} is missing or cannot be read."
    found = _of_manifest(files, manifest, head) if manifest is not None else [missing]
    again = zipped({**files, MANIFEST: manifest or b""})
    if again != data:
        at = _first_difference(data, again)
        found.append(f"Byte {at} of the package, in {_place(at, ends)}: not as it was made.")
    return found


def _of_manifest(files: dict[str, bytes], manifest: bytes, head: str) -> list[str]:
    try:
        said = json.loads(manifest)
        entries = [(str(one["path"]), str(one["sha256"]), str(one["chain"])) for one in said["entries"]]
        told = str(said["head"])
    except (ValueError, KeyError, TypeError) as error:
        return [f"{MANIFEST} cannot be read: {error}."]
    listed = {path for path, _digest, _chain in entries}
    found = _of_entries(files, entries)
    found += [f"{path}: this file is not in the list." for path in files if path not in listed]
    if told != (entries[-1][2] if entries else START):
        found.append(f"{MANIFEST}: its last line does not fit the chain.")
    if head not in {"", told}:
        found.append(f"The package is another one: it ends with {told}, and {head} was expected.")
    if not found and manifest != manifest_of(files):
        found.append(f"{MANIFEST} was changed.")
    return found


def _of_entries(files: dict[str, bytes], entries: list[tuple[str, str, str]]) -> list[str]:
    found, chain = [], START
    for number, (path, digest, kept) in enumerate(entries, start=1):
        if path not in files:
            found.append(f"Entry {number}, {path}: the file is missing.")
        elif hashlib.sha256(files[path]).hexdigest() != digest:
            found.append(f"Entry {number}, {path}: the file or its fingerprint was changed.")
        if link(chain, path, digest) != kept:
            found.append(f"Entry {number}, {path}: the chain is broken here.")
        chain = kept
    return found


def _first_difference(one: bytes, other: bytes) -> int:
    at, step = 0, 65536
    while one[at : at + step] == other[at : at + step] and at < len(one):
        at += step
    return next((place for place in range(at, min(len(one), len(other))) if one[place] != other[place]), len(one))


def _place(at: int, ends: dict[str, int]) -> str:
    for path, end in ends.items():
        if at < end:
            return path
    if MANIFEST in ends:
        return "the zip's own list of files"
    return f"what comes after {list(ends)[-1]}" if ends else "its first lines"


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print("Use: python3 verify.py THE-FILE.zip [THE-NUMBER-YOU-WERE-TOLD]")
        return 2
    found = problems(Path(arguments[0]).read_bytes(), *arguments[1:])
    for one in found or ["All is as it was made."]:
        print(one)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
