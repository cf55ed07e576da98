"""Which texts are among others, for columns of a hundred thousand."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def among(texts: pd.Series, known: Any) -> pd.Series:
    """Return what `texts.isin(known)` does, for text; missing is among nothing. Many times faster."""
    given = pa.array(texts, pa.large_string(), from_pandas=True)
    wanted = pa.array(pd.Series(known, dtype="str"), pa.large_string(), from_pandas=True)
    found = pc.is_in(given, value_set=wanted, skip_nulls=True)
    return pd.Series(np.asarray(found.to_numpy(zero_copy_only=False), bool), index=texts.index)
