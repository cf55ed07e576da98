"""Drawing: frames in, map layers out."""
