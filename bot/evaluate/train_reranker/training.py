"""A cross-encoder trained on the bundled encoder."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from transformers import AutoTokenizer, BertForSequenceClassification, PreTrainedTokenizerBase

from bot.evaluate.train_reranker.low_rank import adapt, adapter, is_low_rank
from bot.evaluate.train_reranker.pairs import Ranking
from index.models.bundled_reranker import LONGEST

__all__ = ["CrossEncoderTraining"]

SMALL = 0.2  # of the rate of low-rank matrices: that of biases, norms, pooler and classifier beside them
GROUPS_A_STEP = 10
WARM_UP = 0.07
RIGHT_WEIGHT = 2.0  # of a right text in the binary loss: a group has one for four wrong ones


class CrossEncoderTraining:
    """Trains an adapter of the layers, and a pooler; the embeddings stay those of the encoder."""

    def __init__(self, encoder: Path) -> None:
        torch.manual_seed(0)
        self._chance = random.Random(0)
        self._tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(encoder)
        self.model = _classifier(encoder)
        adapt(self.model.bert.encoder)

    def save(self, path: Path) -> None:
        """Writes what was trained, in half precision."""
        save_file({name: weight.half().contiguous() for name, weight in adapter(self.model).items()}, path)

    def fit(self, groups: Sequence[Ranking], epochs: float, rate: float) -> Iterator[tuple[int, int, float]]:
        """Trains, and yields step, number of steps and loss.

        The loss is the cross-entropy of a group's right text among its wrong ones, which orders them,
        and the binary one of each text, which makes the score a log-odds.
        """
        steps = int(len(groups) / GROUPS_A_STEP * epochs)
        trained = {name: weight for name, weight in self.model.named_parameters() if weight.requires_grad}
        rates = [
            {"params": [weight], "lr": rate if is_low_rank(name) else SMALL * rate}
            for name, weight in trained.items()
        ]
        optimizer = torch.optim.AdamW(rates, lr=rate, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / (WARM_UP * steps), max(0.02, 1 - step / steps))
        )
        self.model.train()
        for step, batch in zip(range(steps), self._batches(groups), strict=False):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = self._scores(batch)
            truth = torch.zeros_like(scores)
            truth[:, 0] = 1
            loss = cross_entropy(scores, truth) + binary_cross_entropy_with_logits(
                scores, truth, pos_weight=torch.tensor(RIGHT_WEIGHT)
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trained.values(), 1.0)
            optimizer.step()
            schedule.step()
            yield step + 1, steps, loss.item()

    def auroc(self, groups: Sequence[Ranking]) -> float:
        """AUROC of the scores of right against wrong texts."""
        self.model.eval()
        scores: list[float] = []
        truth: list[int] = []
        with torch.inference_mode():
            for group in groups:
                texts = [*group.right, *group.wrong]
                scores += self._scores([(group.question, texts)]).flatten().tolist()
                truth += [1] * len(group.right) + [0] * len(group.wrong)
        return float(roc_auc_score(truth, scores))

    def _batches(self, groups: Sequence[Ranking]) -> Iterator[list[tuple[str, list[str]]]]:
        """Epoch after epoch, groups of like length together, in random order."""
        while True:
            drawn = [(group.question, group.sample(self._chance)) for group in groups]
            drawn.sort(key=lambda one: sum(map(len, one[1])) + 60 * self._chance.random())
            starts = list(range(0, len(drawn), GROUPS_A_STEP))
            self._chance.shuffle(starts)
            yield from (drawn[start : start + GROUPS_A_STEP] for start in starts)

    def _scores(self, batch: Sequence[tuple[str, list[str]]]) -> torch.Tensor:
        """Shape (groups, texts of a group): the log-odds of each text."""
        pairs = [(question, text) for question, texts in batch for text in texts]
        tokens = self._tokenizer(
            [question for question, _ in pairs],
            [text for _, text in pairs],
            padding=True,
            truncation="only_second",
            max_length=LONGEST,
            return_tensors="pt",
        )
        tokens.pop("token_type_ids", None)
        scores: torch.Tensor = self.model(**tokens).logits.float()
        return scores.view(len(batch), -1)


def _classifier(encoder: Path) -> Any:
    """A classifier of one label on the encoder's layers, its embeddings fixed."""
    model = BertForSequenceClassification.from_pretrained(
        encoder, num_labels=1, dtype=torch.float32, attention_probs_dropout_prob=0
    )
    assert model.bert.pooler is not None
    with torch.no_grad():  # the encoder's pooler is never read, and holds zeros
        model.bert.pooler.dense.weight.copy_(torch.eye(model.config.hidden_size))
    model.bert.embeddings.requires_grad_(False)
    return model
