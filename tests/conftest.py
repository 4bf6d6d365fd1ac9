"""Examples of property-based tests have no deadline: a busy machine is no fault of the program's."""

from hypothesis import settings

settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")
