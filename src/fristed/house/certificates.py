"""The site's own certificate authority and the certificate of its host name, so that tablets have a safe line.

The authority may sign for this one name only. Both private keys are locked with words made from the service key.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from msgspec.structs import replace

from fristed.ground import seal
from fristed.house.configuration import Service

FOLDER = "certificates"
AUTHORITY, AUTHORITY_KEY = f"{FOLDER}/authority.pem", f"{FOLDER}/authority-key.pem"
HOST, HOST_KEY = f"{FOLDER}/host.pem", f"{FOLDER}/host-key.pem"

_MEMORY = "/dev/shm"  # Linux keeps it in memory, which a machine without power has lost
_TEN_YEARS = timedelta(days=3650)
_HOST_DAYS = timedelta(days=800)  # tablets refuse certificates that are good for more than 825 days


def make_all(home: Path, host: str, service_key: bytes) -> None:
    """Makes the authority and the host's first certificate, in a new folder; an older one is put aside."""
    if (home / FOLDER).exists():
        (home / FOLDER).rename(home / f"{FOLDER}-until-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    (home / FOLDER).mkdir(mode=0o700)
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Fristed at {host}")])
    authority = (
        _blank(name, name, key, _TEN_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_may(sign=True), critical=True)
        .add_extension(x509.NameConstraints([_narrow(host)], None), critical=True)
        .sign(key, SHA256())
    )
    (home / AUTHORITY).write_bytes(authority.public_bytes(Encoding.PEM))
    _write_key(home / AUTHORITY_KEY, key, lock_word(service_key))
    renew(home, host, service_key)


def renew(home: Path, host: str, service_key: bytes) -> None:
    """Makes a fresh host certificate, signed by the service's authority; never good for longer than that is."""
    authority = x509.load_pem_x509_certificate((home / AUTHORITY).read_bytes())
    signer = load_pem_private_key((home / AUTHORITY_KEY).read_bytes(), lock_word(service_key))
    assert isinstance(signer, EllipticCurvePrivateKey)
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = (
        _blank(name, authority.subject, key, min(_HOST_DAYS, authority.not_valid_after_utc - datetime.now(UTC)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_general(host)]), critical=False)
        .add_extension(_may(sign=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, SHA256())
    )
    (home / HOST).write_bytes(certificate.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM))
    _write_key(home / HOST_KEY, key, lock_word(service_key))


def lock_word(service_key: bytes) -> bytes:
    """The words that lock the private keys."""
    return seal.derive(service_key, "certificates").hex().encode()


@contextmanager
def unlocked(service: Service, service_key: bytes) -> Iterator[Service]:
    """The service with the key of its own certificate unlocked, in memory only, for as long as it runs.

    The server cannot read a locked key (granian 2.8 fails on one). The certificate goes with its key: a part that is
    started again after `fristed certificate` would otherwise find a fresh one that its key does not fit.
    """
    if service.certificate_key != HOST_KEY:
        yield service
        return
    key = load_pem_private_key(service.path(HOST_KEY).read_bytes(), lock_word(service_key))
    with TemporaryDirectory(dir=_MEMORY, prefix="fristed-") as folder:
        path, certificate = Path(folder) / "key.pem", Path(folder) / "certificate.pem"
        path.touch(mode=0o600)
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        certificate.write_bytes(service.path(HOST).read_bytes())
        yield replace(service, certificate=str(certificate), certificate_key=str(path))


def ends(certificate: Path) -> datetime:
    """When a certificate stops being good."""
    return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc


def fingerprint(certificate: Path) -> str:
    """What a person compares on two screens: SHA-256 in pairs."""
    digest = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(SHA256())
    return digest.hex(":").upper()


def _blank(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, good_for: timedelta
) -> x509.CertificateBuilder:
    today = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + good_for)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _narrow(host: str) -> x509.GeneralName:
    """What the authority may sign for: this host, nothing else."""
    named = _general(host)
    return x509.IPAddress(ip_network(host)) if isinstance(named, x509.IPAddress) else named


def _may(*, sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign,
        key_cert_sign=sign,
        crl_sign=sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write_key(path: Path, key: EllipticCurvePrivateKey, word: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(word)))
