"""Where the work of a run is done: here, in processes of this machine, or on a cluster."""

from digest.engine.cluster import RayEngine
from digest.engine.cutting import cut
from digest.engine.failing import one_by_one
from digest.engine.local import LocalEngine
from digest.engine.opening import open_engine, processors
from digest.engine.processes import give_back_memory
from digest.engine.protocol import Engine
from digest.engine.serial import SerialEngine

__all__ = [
    "Engine",
    "LocalEngine",
    "RayEngine",
    "SerialEngine",
    "cut",
    "give_back_memory",
    "one_by_one",
    "open_engine",
    "processors",
]
