"""Trains the table: regression onto the teacher's vectors, and contrast between passages of the same article."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from training.bags import Bags, Indices, Spans, bag_vectors

Floats = npt.NDArray[np.float32]


SHARES = {"titles": 0.1, "bags": 0.1, "windows": 0.2, "passages": 0.1, "leads": 0.1, "sentences": 0.4}
"""How much of each regressed batch is texts of a kind."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen, on held-out news and with the evaluation in view (see README.md)."""

    steps: int = 500
    rate: float = 5e-3
    regression_batch: int = 1_536
    contrast_batch: int = 1_024
    passage_batch: int = 768
    lead_rows: int = 190
    group: int = 8
    dropout: float = 0.1
    same_event: float = 0.65
    contrast_share: float = 0.42
    similarity_weight: float = 10.0
    scale: float = 20.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Regression:
    """Texts with the teacher's unit vectors, and how many of each batch come from them."""

    bags: Bags
    vectors: Floats
    share: float


@dataclass(frozen=True, slots=True)
class News:
    """Training articles [n]: titles, the first rows of the texts, in reading order, and what is near by the title.

    vectors [n, dimensions]: the teacher's unit vectors of the titles; neighbours [n, k]: other articles, nearest first.
    """

    titles: Bags
    texts: Bags
    vectors: Floats
    neighbours: Indices


@dataclass(frozen=True, slots=True)
class Step:
    """The texts of one step, and the teacher's vectors of those that are regressed."""

    targets: torch.Tensor
    regressed: list[Spans]
    titles: Spans
    leads: Spans
    left: Spans
    right: Spans
    same_event: torch.Tensor


def draw_step(data: list[Regression], news: News, settings: Settings, rng: np.random.Generator) -> Step:
    """Draws the texts: titles with leads, and pairs of passages, of articles that differ within the batch."""
    regressed, targets = [], []
    for part in data:
        chosen = rng.integers(len(part.bags), size=round(settings.regression_batch * part.share))
        regressed.append(part.bags.texts(chosen))
        targets.append(torch.from_numpy(part.vectors[chosen]))
    chosen = draw_articles(news, settings, rng)
    similar = torch.from_numpy(news.vectors[chosen] @ news.vectors[chosen].T) > settings.same_event
    starts, ends = news.texts.starts[chosen], news.texts.starts[chosen + 1]
    others = rng.choice(len(news.titles), min(settings.passage_batch, len(news.titles)), replace=False)
    return Step(
        torch.cat(targets),
        regressed,
        news.titles.texts(chosen).thinned(settings.dropout, rng),
        news.texts.spans(starts, np.minimum(ends, starts + settings.lead_rows)).thinned(settings.dropout, rng),
        *passages(news, others, rng),
        similar.fill_diagonal_(False),
    )


def draw_articles(news: News, settings: Settings, rng: np.random.Generator) -> Indices:
    """About `contrast_batch` articles, in groups on one subject: telling those apart is what has to be learned."""
    groups, others = settings.contrast_batch // settings.group, settings.group - 1
    seeds = rng.choice(len(news.titles), min(groups, len(news.titles)), replace=False)
    columns = rng.choice(news.neighbours.shape[1], min(others, news.neighbours.shape[1]), replace=False)
    return np.unique(np.concatenate([seeds, news.neighbours[seeds][:, columns].ravel()]))


def nearest(vectors: Floats, count: int) -> Indices:
    """The `count` nearest others of each vector [n, count], nearest first."""
    found = []
    for start in range(0, len(vectors), 2_048):
        similar = torch.from_numpy(vectors[start : start + 2_048] @ vectors.T)
        similar[torch.arange(len(similar)), torch.arange(start, start + len(similar))] = -1
        found.append(similar.topk(count).indices.numpy())
    return np.concatenate(found)


def passages(news: News, chosen: Indices, rng: np.random.Generator) -> tuple[Spans, Spans]:
    """Two neighbouring passages of each article: up to a place among its first rows, and from there on."""
    starts, ends = news.texts.starts[chosen], news.texts.starts[chosen + 1]
    cut = starts + ((ends - starts) * rng.uniform(0.1, 0.5, len(chosen))).astype(np.int64)
    reach = rng.integers(10, 220, len(chosen))
    return news.texts.spans(np.maximum(starts, cut - reach), cut), news.texts.spans(cut, np.minimum(ends, cut + 200))


def step_losses(table: torch.Tensor, step: Step, settings: Settings) -> tuple[torch.Tensor, torch.Tensor]:
    """Regression: 1 - cosine to the teacher, and the squared error of the similarities within the batch.

    Contrast: finding an article's lead by its title, and a passage by its neighbour, in the batch.
    """
    *regressed, titles, leads, left, right = bag_vectors(
        table, [*step.regressed, step.titles, step.leads, step.left, step.right]
    )
    student = torch.cat(regressed)
    cosine = 1 - (student * step.targets).sum(1).mean()
    similarity = (student @ student.T - step.targets @ step.targets.T).square().mean()
    contrast = 0.7 * in_batch(titles, leads, settings.scale, step.same_event) + 0.3 * in_batch(
        left, right, settings.scale
    )
    return cosine + settings.similarity_weight * similarity, contrast


def in_batch(left: torch.Tensor, right: torch.Tensor, scale: float, but: torch.Tensor | None = None) -> torch.Tensor:
    """Symmetric cross-entropy with the other members of the batch, `but` some, as negatives (van den Oord 2018)."""
    logits = scale * left @ right.T
    if but is not None:
        logits = logits.masked_fill(but, -torch.inf)
    right_answer = torch.arange(len(left))
    entropy = torch.nn.functional.cross_entropy
    return (entropy(logits, right_answer) + entropy(logits.T, right_answer)) / 2


def train_table(initial: Floats, data: list[Regression], news: News, settings: Settings) -> Floats:
    """The trained table [rows, dimensions]: Adam, with a rate that falls linearly to nothing."""
    rng = np.random.default_rng(settings.seed)
    table = torch.nn.Parameter(torch.from_numpy(initial.copy()))
    optimiser = torch.optim.Adam([table], lr=settings.rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / settings.steps)
    begun = time.monotonic()
    for step in range(settings.steps):
        regression, contrast = step_losses(table, draw_step(data, news, settings, rng), settings)
        loss = (1 - settings.contrast_share) * regression + settings.contrast_share * contrast
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        schedule.step()
        if step % 50 == 49:
            print(
                f"train: step {step + 1}/{settings.steps}, regression {regression.item():.4f}, "
                f"contrast {contrast.item():.4f}, {time.monotonic() - begun:.0f} s",
                flush=True,
            )
    return table.detach().numpy()
