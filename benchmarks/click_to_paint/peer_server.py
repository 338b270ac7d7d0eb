"""Serves a peer over the rows and the model of ``portfolio.py``; runs in the peers' environment, apart from ours.

``python peer_server.py {explainerdashboard,shapash} DIR PORT``. Each peer is set up as favourably as it allows: only
its screen of one client, a client number that is typed instead of picked from a list, contributions computed before
the first request, a production server with eight threads, and style sheets from this machine instead of the network.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd

THREADS = 8


def main() -> None:
    peer, folder, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    rows, model = _rows(folder), _model(folder)
    server = _PEERS[peer](rows, model)

    import waitress

    waitress.serve(server, host="127.0.0.1", port=port, threads=THREADS)


def _explainerdashboard(rows: pd.DataFrame, model: Any) -> Any:
    from explainerdashboard import ClassifierExplainer, ExplainerDashboard

    # Log-odds: it would switch to them by itself, since the model has native categories.
    explainer = ClassifierExplainer(model, rows, model_output="logodds", labels=["repaid", "default"])
    others = dict.fromkeys(
        ("importances", "model_summary", "whatif", "shap_dependence", "shap_interaction", "decision_trees"), False
    )
    return ExplainerDashboard(explainer, title="peer", index_dropdown=False, **others).app.server


def _shapash(rows: pd.DataFrame, model: Any) -> Any:
    import dash_bootstrap_components as dbc
    import explainerdashboard
    from flask import send_file

    stylesheet = next(Path(explainerdashboard.__file__).parent.rglob("bootstrap.min.css"))
    dbc.themes.BOOTSTRAP = "/bootstrap.min.css"
    from shapash import SmartExplainer
    from shapash.webapp.smart_app import SmartApp

    explainer = SmartExplainer(model=model)
    explainer.compile(x=rows)
    server = SmartApp(explainer.explainer).server
    server.add_url_rule("/bootstrap.min.css", "stylesheet", lambda: send_file(stylesheet))
    return server


_PEERS = {"explainerdashboard": _explainerdashboard, "shapash": _shapash}


def _rows(folder: Path) -> pd.DataFrame:
    names = (folder / "features.txt").read_text(encoding="utf-8").split()
    index = pd.Index(np.load(folder / "client_ids.npy"), name="client")
    return pd.DataFrame(np.load(folder / "rows.npy").astype(np.float64), index=index, columns=names)


def _model(folder: Path) -> Any:
    """The final booster in the dress of scikit-learn, which both peers ask for."""
    booster = lightgbm.Booster(model_file=folder / "booster.txt")
    model = lightgbm.LGBMClassifier()
    model._Booster, model.fitted_ = booster, True
    model._n_features = model._n_features_in = booster.num_feature()
    model._classes, model._n_classes, model._objective = np.array([0, 1]), 2, "binary"
    model._le = lightgbm.sklearn._LGBMLabelEncoder().fit(model._classes)
    return model


if __name__ == "__main__":
    main()
