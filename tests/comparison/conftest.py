"""Two made-up articles: one as a person might write it, and its spun copy."""

import pytest

ORIGINAL = """\
The town council of Marlow Bridge voted on 14 March to close the old library. Mayor Anna Peters said the decision was \
hard, but the building needs repairs that would cost 2.4 million pounds.
"We looked for money everywhere, and we found none," Peters said. The library opened in 1911 and holds more than \
60,000 books. Many people came to the meeting with signs.
The books will move to a hall beside the station, which the company Norland Homes is going to build. Work begins soon.
"""
SPUN = """\
The township council of Marlow Bridge balloted on 14 March to shut the aged library. Mayor Anna Peters stated the \
choice was tough, but the building requires repairs that would cost 2.6 million pounds.
"We searched for money everywhere, and we found none," Peters stated. The library opened in 1911. It holds in excess \
of 60,000 books.
The books will shift to a corridor beside the station, which the agency Norland Houses is going to construct. Work \
begins soon. Subscribe to our bulletin.
"""
OTHER = """\
Mayor Anna Peters opened the summer fair in Marlow Bridge on Sunday. She thanked Norland Homes, who paid for the music.
Rain fell all morning. Even so about 2,000 visitors danced in the market until the lamps went out, and nobody was cold.
"""
STRANGER = """\
Beat the eggs with sugar until they are pale. Fold in the flour, a spoon at a time, and bake for half an hour.
Leave the cake in its tin until it is cool. It keeps for a week if nobody finds it.
"""


@pytest.fixture
def original() -> str:
    """About 90 words of prose."""
    return ORIGINAL


@pytest.fixture
def spun() -> str:
    """The same, spun: a name, a number and a quotation altered, a sentence dropped, one cut in two, one added."""
    return SPUN


@pytest.fixture
def other() -> str:
    """Another story with the same names."""
    return OTHER


@pytest.fixture
def stranger() -> str:
    """A text on something else."""
    return STRANGER
