"""The exit statuses of the command line that no error carries (see `errors` for the others).

| status | meaning |
|---|---|
| 0 | done |
| 1 | failed: nothing was published |
| 2 | the command line or the config is wrong |
| 3 | `--strict`, and at least one input was rejected; the result is published all the same |
| 4 | no article was found, or fewer than `--min-articles`; nothing is overwritten |
| 75 | another run holds the state's lock: try again later |
| 130, 141, 143 | ended by Ctrl-C, by a reader that went away, by SIGTERM |
"""

import signal

REJECTED = 3
INTERRUPTED, READER_GONE, TERMINATED = (128 + number for number in (signal.SIGINT, signal.SIGPIPE, signal.SIGTERM))
