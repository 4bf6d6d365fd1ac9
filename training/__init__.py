"""The recipe of the embedded model: offline, and never imported by the package."""
