"""What each offline run leaves in MLflow, and the registry of the models that it trained.

Nothing here is on the way of a request: a served model is a directory, and the server does not know MLflow.
"""

from scoring_dash.pipeline.tracking.registry import RegisteredVersion, Stage, fetch, list_versions, promote
from scoring_dash.pipeline.tracking.run import Tracked, TrackedRun, track
from scoring_dash.pipeline.tracking.store import StoreAddress, TrackingError, store_address

__all__ = [
    "RegisteredVersion",
    "Stage",
    "StoreAddress",
    "Tracked",
    "TrackedRun",
    "TrackingError",
    "fetch",
    "list_versions",
    "promote",
    "store_address",
    "track",
]
