"""A peer in a process of its own: `python -m bench.peers METHOD IN.npz OUT.npz`.

IN has `xy` (n, 2), `members`, `least` and `most` households of a zone, `seed`, and `start` (members, 2) where centres
are handed in, and the neighbour graph as `starts`, `to`, for METIS. OUT gets
`owner` and `cpu_s`, the process CPU seconds of the fit alone, imports and data apart.
Every peer keeps its own defaults; where it needs windows they are these.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Found = tuple[Ints, float]

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def asked(
    method: str,
    xy: Floats,
    members: int,
    *,
    least: int,
    most: int,
    seed: int,
    start: Floats | None = None,
    links: tuple[Ints, Ints] | None = None,
) -> Found:
    """Return the zones a peer makes, and its CPU seconds, from a process that holds nothing of ours.

    Raises
    ------
    subprocess.CalledProcessError
        The peer failed, or is not installed (`pip install diaban[peers]`).
    """
    with tempfile.TemporaryDirectory() as name:
        given, answer = Path(name) / "in.npz", Path(name) / "out.npz"
        said: dict[str, Any] = {
            "xy": xy,
            "members": members,
            "least": least,
            "most": most,
            "seed": seed,
        }
        if start is not None:
            said["start"] = start
        if links is not None:
            said["starts"], said["to"] = links
        np.savez(given, **said)
        subprocess.run(
            [sys.executable, "-m", "bench.peers", method, str(given), str(answer)],
            check=True,
            env={**os.environ, **ONE_THREAD},
        )
        found = np.load(answer)
        return found["owner"].astype(np.int64), float(found["cpu_s"])


def _kmeans_constrained(given: Any) -> Found:
    from k_means_constrained import KMeansConstrained  # noqa: PLC0415

    start = {"init": given["start"], "n_init": 1} if "start" in given else {}
    model = KMeansConstrained(
        n_clusters=int(given["members"]),
        size_min=int(given["least"]),
        size_max=int(given["most"]),
        random_state=int(given["seed"]),
        **start,
    )
    return _timed(lambda: model.fit_predict(given["xy"]))


def _kmeans(given: Any) -> Found:
    from sklearn.cluster import KMeans  # noqa: PLC0415

    model = KMeans(n_clusters=int(given["members"]), random_state=int(given["seed"]))
    return _timed(lambda: model.fit_predict(given["xy"]))


def _metis(given: Any) -> Found:
    import pymetis  # noqa: PLC0415

    graph = pymetis.CSRAdjacency(given["starts"], given["to"])
    return _timed(lambda: pymetis.part_graph(int(given["members"]), adjacency=graph)[1])


def _timed(fit: Any) -> Found:
    begun = process_time()
    owner = fit()
    return np.asarray(owner), process_time() - begun


METHODS = {
    "k-means-constrained": _kmeans_constrained,
    "scikit-learn KMeans": _kmeans,
    "METIS": _metis,
}


def main() -> None:
    """Fit once and write the answer down."""
    method, given, answer = sys.argv[1:]
    owner, cpu_s = METHODS[method](np.load(given))
    np.savez(answer, owner=owner, cpu_s=cpu_s)


if __name__ == "__main__":
    main()
