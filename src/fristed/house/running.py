"""Runs an opened service: looks first whether it may start, then hands over to the supervisor."""

from __future__ import annotations

import gc
import sys
from datetime import UTC, datetime

from django.conf import settings

from fristed.house.certificate_ends import endings, in_words
from fristed.house.certificates import unlocked
from fristed.house.checks import refuse_unready
from fristed.house.configuration import ConfigurationError, Service
from fristed.house.gathering import collect
from fristed.house.supervisor import Supervisor, refuse_taken_ports
from fristed.house.volume import refuse_open_volume


def run(service: Service, volume_encrypted: bool | None) -> None:
    """Blocks until the service is told to end. Raises ConfigurationError when it may not start."""
    _refuse_missing_files(service)
    refuse_taken_ports(service)
    refuse_unready()
    refuse_open_volume(service, volume_encrypted)
    collect()
    for ending in endings(service, datetime.now(UTC)):  # read before the parts fork: they warn of what is served
        print(in_words(service, ending), file=sys.stderr, flush=True)
    with unlocked(service, settings.SERVICE_KEY) as ready:
        gc.freeze()  # what is loaded stays shared between the parts
        print(service.origin(), flush=True)
        Supervisor(ready).run()


def _refuse_missing_files(service: Service) -> None:
    for key in ("certificate", "certificate_key"):
        name = getattr(service, key)
        if name and not service.path(name).is_file():
            raise ConfigurationError(
                f"{key} is {name!r}: there is no such file in {service.home}. Bring it back from where the service "
                "was, or from the folder beside its backup."
            )
