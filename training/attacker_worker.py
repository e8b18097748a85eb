"""Runs one held-out attacker in a process of its own: a JSON request on each line in, a JSON answer on each line out.

    python attacker_worker.py TOOL PACKAGES WORDNET

Imports nothing of ours. Requests: {"text", "seed", "strength"}; answers: {"text"}. A tool is given one line of the
text at a time, as several of them forget line breaks. Nothing is downloaded: what could is taken away first.
"""

import importlib
import io
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

Rewrite = Callable[[str, int, float], str]  # a line, a seed, the tool's own measure of how much to change


def main(tool: str, packages: str, wordnet: str) -> None:
    """Answer requests until the input ends."""
    answers, sys.stdout = sys.stdout, io.StringIO()  # what a tool prints must not end up among the answers
    sys.path.insert(0, packages)
    rewrite = TOOLS[tool](Path(packages), Path(wordnet))
    for request in sys.stdin:
        asked = json.loads(request)
        lines = enumerate(asked["text"].split("\n"), start=asked["seed"])
        spun = [rewrite(line, seed, asked["strength"]) if line.strip() else line for seed, line in lines]
        answers.write(json.dumps({"text": "\n".join(spun)}) + "\n")
        answers.flush()


def texthumanize(packages: Path, wordnet: Path) -> Rewrite:
    """`texthumanize.spin`: a synonym list of its own, function words too."""
    spinner = importlib.import_module("texthumanize.spinner")
    return lambda line, seed, strength: str(spinner.spin_text(line, lang="en", intensity=strength, seed=seed))


def nlpaug(packages: Path, wordnet: Path) -> Rewrite:
    """`nlpaug.augmenter.word.SynonymAug`: WordNet, any sense of the right part of speech, base forms."""
    _nltk_with(wordnet)
    for downloader in ("gdown", "requests"):
        sys.modules[downloader] = ModuleType(downloader)
    synonym = importlib.import_module("nlpaug.augmenter.word.synonym")

    def rewrite(line: str, seed: int, strength: float) -> str:
        _seed(seed)
        return str(synonym.SynonymAug(aug_p=strength, aug_max=None).augment(line)[0])

    return rewrite


def textaugment(packages: Path, wordnet: Path) -> Rewrite:
    """`textaugment.Wordnet`: verbs and nouns by WordNet; everything comes back in lower case."""
    _nltk_with(wordnet)
    _package_without_init("textaugment", packages)  # it imports gensim and a translation client
    tool = importlib.import_module("textaugment.wordnet")

    def rewrite(line: str, seed: int, strength: float) -> str:
        _seed(seed)
        return str(tool.Wordnet(v=True, n=True, p=float(strength)).augment(line))

    return rewrite


def duplipy(packages: Path, wordnet: Path) -> Rewrite:
    """`duplipy.replication.augment_text_with_synonyms`: any word, function words too, by any sense in WordNet."""
    _nltk_with(wordnet)
    _package_without_init("duplipy", packages)  # it imports a profanity filter
    tool = importlib.import_module("duplipy.replication")

    def rewrite(line: str, seed: int, strength: float) -> str:
        _seed(seed)
        return str(tool.augment_text_with_synonyms(line, 1, strength, progress=False)[0]).replace("_", " ")

    return rewrite


TOOLS: dict[str, Callable[[Path, Path], Rewrite]] = {
    "texthumanize": texthumanize,
    "nlpaug": nlpaug,
    "textaugment": textaugment,
    "duplipy": duplipy,
}


def _nltk_with(wordnet: Path) -> None:
    """Give NLTK the dictionary at hand; TextBlob's tagger stands in for NLTK's own, which no package carries."""
    nltk: Any = importlib.import_module("nltk")
    corpora: Any = importlib.import_module("nltk.corpus")
    parser: Any = importlib.import_module("textblob.en").parser
    nltk.data.path[:] = [str(wordnet)]
    corpora.wordnet = corpora.WordNetCorpusReader(str(wordnet / "corpora/wordnet"), None)
    nltk.pos_tag = lambda tokens: [(token, tag) for token, tag in parser.find_tags(tokens)]
    nltk.download = lambda *_args, **_options: True


def _package_without_init(name: str, packages: Path) -> None:
    """An empty package in place of one whose __init__ asks for more than we use."""
    package = ModuleType(name)
    package.__path__ = [str(packages / name)]
    sys.modules[name] = package


def _seed(seed: int) -> None:
    random.seed(seed)
    importlib.import_module("numpy").random.seed(seed % (1 << 32))


if __name__ == "__main__":
    main(*sys.argv[1:])
