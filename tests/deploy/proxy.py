"""The proxy of `deploy/` on this machine: the same files, with other ports, names of folders and a certificate made here."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import ROOT

SHIPPED = ROOT / "deploy" / "nginx"
NAME = "porch.example.org"
# Where nginx keeps what it must write is compiled in, and often not writable for who runs the tests.
TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]


@dataclass(frozen=True)
class Ports:
    http: int
    https: int
    pages: int
    sockets: Sequence[int]


def lay_out(folder: Path, ports: Ports, var: Path) -> Path:
    """Put the shipped configuration into `folder` for these ports and static files; returns the certificate to trust."""
    for part in (folder, var):
        part.mkdir(exist_ok=True)
        part.chmod(0o755)  # nginx gives up root and still has to read them
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    certificate = make_certificate(folder / "tls")
    site = folder / "porchlight" / "site.conf"
    site.write_text(temporary_paths(folder) + here(site.read_text(), folder, ports, var))
    return certificate


def here(site: str, folder: Path, ports: Ports, var: Path) -> str:
    """A `site.conf` as shipped, for this machine."""
    first, second = ports.sockets
    site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.MULTILINE)
    for shipped, mine in {
        "listen 80": f"listen 127.0.0.1:{ports.http}",
        "listen 443": f"listen 127.0.0.1:{ports.https}",
        "127.0.0.1:8000": f"127.0.0.1:{ports.pages}",
        "127.0.0.1:8001": f"127.0.0.1:{first}",
        "127.0.0.1:8002": f"127.0.0.1:{second}",
        "/var/log/nginx": str(folder),
        "/var/lib/porchlight": str(var),
        "/etc/nginx/porchlight": str(folder / "porchlight"),
        "/etc/porchlight/tls": str(folder / "tls"),
        " buffer=64k flush=5s": "",
    }.items():
        assert shipped in site, shipped
        site = site.replace(shipped, mine)
    return site


def temporary_paths(folder: Path) -> str:
    return "".join(f"{name}_temp_path {folder}/{name};\n" for name in TEMPORARY)


def make_certificate(folder: Path) -> Path:
    """A certificate for NAME that vouches for itself."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    path = folder / "fullchain.pem"
    path.write_bytes(certificate.public_bytes(pem))
    return path
