"""Spinners: programs that rewrite human text the way real spinning tools do, to teach the detector their look.

One file per family; catalogue.py builds them all. Nothing here is used when a text is judged.
"""

from training.spinners.spun import Spinner, Spun, Swap

__all__ = ["Spinner", "Spun", "Swap"]
