"""Webhooks: changes of the chronology in, signed requests to those who asked to be told out."""

from api.hooks.addresses import check_address
from api.hooks.worker import HookWorker

__all__ = ["HookWorker", "check_address"]
