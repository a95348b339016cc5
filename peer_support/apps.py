from __future__ import annotations

from django.apps import AppConfig


class PeerSupportConfig(AppConfig):
    name = "peer_support"
    label = "peer_support"
    verbose_name = "Peer support"
