"""How good the detectors are: on sets of anybody's, and on what they never saw."""

from .evaluation import Asked, Report, evaluated
from .measured import names_measured, prompts_measured
from .measures import Interval, threshold_at
from .tables import names_told, prompts_told

__all__ = [
    "Asked",
    "Interval",
    "Report",
    "evaluated",
    "names_measured",
    "names_told",
    "prompts_measured",
    "prompts_told",
    "threshold_at",
]
