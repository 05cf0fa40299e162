"""Trains one network from a published sentence encoder and our utterances: `make model` trains two and joins them, in over an hour."""

import argparse
import json
import math
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from handlers.policy.understand.network import LONGEST
from handlers.policy.understand.plain import plain
from handlers.policy.understand.wordpiece import BEGIN, END, PAD, UNKNOWN, pieces
from handlers.policy.vocabulary import VALUES, Fact
from tests.learning.encoder import Encoder, Whole
from tests.learning.examples import Example, examples, mixed

HERE = Path(__file__).parent.parent.parent
LEARNED = HERE / "handlers" / "policy" / "understand" / "learned"
MASK = "[MASK]"
COMMON = 18_000  # pieces: the published vocabulary begins with the most frequent ones
BATCH = 64
RATE, HEAD_RATE = 5e-4, 2e-3
TOPIC_WEIGHT = 2.0
Row = tuple[list[int], list[int]]
Batch = tuple[Tensor, Tensor, Tensor]  # pieces, which of them are there, what was labelled


def heads() -> dict[Fact, tuple[str | None, ...]]:
    """Return every fact's values as the network tells them apart; a topic there always is."""
    return {fact: tuple(value for value in values if value != "other" or fact is not Fact.topic) for fact, values in VALUES.items()}


def kept(published: Sequence[str], given: Sequence[Example]) -> list[int]:
    """Return the pieces worth keeping: frequent English ones and all that our utterances hold."""
    numbered = {piece: number for number, piece in enumerate(published)}
    chosen = {number for number, piece in enumerate(published[:COMMON]) if piece.isascii() and not piece.startswith("[unused")}
    chosen |= {numbered[name] for name in (PAD, UNKNOWN, BEGIN, END, MASK)}
    chosen |= {piece.id for example in given for turn in example.turns for piece in pieces(plain(turn), numbered)}
    return sorted(chosen)


class Learning:
    """One run: the examples as numbers, the network, and how it is told."""

    def __init__(self, source: Path, given: Sequence[Example], epochs: int) -> None:
        published = (source / "vocab.txt").read_text(encoding="utf-8").splitlines()
        numbers = kept(published, given)
        self.vocabulary = {published[number]: place for place, number in enumerate(numbers)}
        self.values = heads()
        sizes = [len(values) + (fact is not Fact.topic) for fact, values in self.values.items()]
        self.encoder = Encoder(source / "model.safetensors", numbers, sizes)
        self.epochs = epochs

    def row(self, example: Example) -> Row:
        """Return a conversation and its facts as numbers."""
        ids = [self.vocabulary[BEGIN]]
        for turn in example.turns:
            ids += [piece.id for piece in pieces(plain(turn), self.vocabulary)] + [self.vocabulary[END]]
        told = [self._label(fact, example) for fact in self.values]
        return ids if len(ids) <= LONGEST else [ids[0], *ids[1 - LONGEST :]], told

    def _label(self, fact: Fact, example: Example) -> int:
        if fact in example.unseen:
            return -100  # torch's own mark for "do not count this"
        value = example.facts.get(fact)
        return 0 if value is None else self.values[fact].index(value) + (fact is not Fact.topic)

    def batches(self, rows: Sequence[Row], dice: random.Random) -> Iterator[Batch]:
        """Yield batches of about the same length, in any order."""
        order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]) + dice.random() * 6)
        groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        dice.shuffle(groups)
        for group in groups:
            longest = max(len(rows[at][0]) for at in group)
            ids = torch.full((len(group), longest), self.vocabulary[PAD])
            there = torch.zeros_like(ids)
            for place, at in enumerate(group):
                ids[place, : len(rows[at][0])] = torch.tensor(rows[at][0])
                there[place, : len(rows[at][0])] = 1
            yield ids, there, torch.tensor([rows[at][1] for at in group])

    def learn(self, given: list[Example], held_out: list[Example], dice: random.Random) -> None:
        """Go through the examples, mixed anew each time; print what is left to learn."""
        body = [one for name, one in self.encoder.named_parameters() if one.requires_grad and not name.startswith(("heads", "look"))]
        own = [*self.encoder.heads.parameters(), *self.encoder.look.parameters()]
        steps = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": own, "lr": HEAD_RATE}], weight_decay=0.01, fused=True)
        total = self.epochs * math.ceil(len(mixed(given, random.Random(0))) / BATCH)  # noqa: S311  # no secret
        warm = 0.06 * total
        schedule = torch.optim.lr_scheduler.LambdaLR(steps, lambda at: min(at / warm, max(0.0, 1 - at / total)))
        for epoch in range(self.epochs):
            self.encoder.train()
            lost = [self._step(batch, steps, schedule) for batch in self.batches([self.row(one) for one in mixed(given, dice)], dice)]
            print(f"epoch {epoch + 1}: {sum(lost) / len(lost):.3f}  {self.measured(held_out)}", flush=True)

    def _step(self, batch: Batch, steps: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR) -> float:
        ids, there, told = batch
        marks = torch.tensor([self.vocabulary[BEGIN], self.vocabulary[END]])
        lost = (torch.rand(ids.shape) < 0.08) & ~torch.isin(ids, marks) & (there > 0)  # it must not hang on single words
        with torch.autocast("cpu", torch.bfloat16):
            scores, _, _ = self.encoder(ids.masked_fill(lost, self.vocabulary[MASK]), there)
        loss = torch.zeros(())
        for place, fact in enumerate(self.values):
            if (told[:, place] != -100).any():
                one = nn.functional.cross_entropy(scores[place].float(), told[:, place], ignore_index=-100, label_smoothing=0.03)
                loss = loss + one * (TOPIC_WEIGHT if fact is Fact.topic else 1.0)
        steps.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.encoder.parameters(), 1.0)
        steps.step()
        schedule.step()
        return float(loss)

    def measured(self, held_out: list[Example]) -> str:
        """Return the share of each fact that is read rightly in examples kept apart."""
        self.encoder.eval()
        right: Counter[Fact] = Counter()
        seen: Counter[Fact] = Counter()
        with torch.no_grad():
            for ids, there, told in self.batches([self.row(one) for one in held_out], random.Random(0)):  # noqa: S311  # no secret
                scores, _, _ = self.encoder(ids, there)
                for place, fact in enumerate(self.values):
                    counted = told[:, place] != -100
                    seen[fact] += int(counted.sum())
                    right[fact] += int(((scores[place].argmax(-1) == told[:, place]) & counted).sum())
        return " ".join(f"{fact}={right[fact] / seen[fact]:.3f}" for fact in self.values if seen[fact])

    def export(self, folder: Path) -> None:
        """Write the network in 8 bits, its vocabulary and what its scores mean."""
        folder.mkdir(exist_ok=True)
        self.encoder.eval()
        with tempfile.TemporaryDirectory() as scratch:
            plainly = Path(scratch) / "network.onnx"
            torch.onnx.export(
                Whole(self.encoder),
                (torch.randint(5, 1000, (1, 40)),),
                str(plainly),
                input_names=["pieces"],
                output_names=["scores", "weights", "meaning"],
                dynamic_axes={"pieces": {1: "length"}, "weights": {1: "length"}},
                opset_version=17,
                dynamo=False,
            )
            quantize_dynamic(plainly, folder / "network.onnx", weight_type=QuantType.QInt8, per_channel=True)
        (folder / "vocabulary.txt").write_text("".join(f"{piece}\n" for piece in self.vocabulary), encoding="utf-8")
        told = {"heads": [[fact, values] for fact, values in self.values.items()]}
        (folder / "heads.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Train, and write the network to where the product looks for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="folder of the published encoder: model.safetensors and vocab.txt")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--apart", type=float, default=0.02, help="share of the blocks kept apart to measure by")
    parser.add_argument("--seed", type=int, default=0, help="networks that begin and see things in another order err in other places")
    parser.add_argument("--to", type=Path, default=LEARNED)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    told = list(examples())
    blocks = sorted({example.block for example in told})
    apart = set(random.Random(0).sample(blocks, int(len(blocks) * args.apart)))  # noqa: S311  # no secret: the same for each network
    dice = random.Random(args.seed)  # noqa: S311  # no secret: the same run twice
    learning = Learning(args.source, told, args.epochs)
    print(f"{len(told)} utterances, {len(learning.vocabulary)} pieces", flush=True)
    learning.learn([one for one in told if one.block not in apart], [one for one in told if one.block in apart], dice)
    learning.export(args.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
