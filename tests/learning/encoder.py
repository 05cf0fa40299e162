"""The network that learns: a few layers of a sentence encoder, and for every fact a look at the words that matter to it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEADS, INNER = 384, 12, 1536  # of MiniLM-L6-H384
LAYERS = (0, 2, 3, 5)  # of its six: four read nearly as well, in two thirds of the time


class Layer(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """One transformer layer, as in BERT."""

    def __init__(self, source: Mapping[str, Tensor], number: int) -> None:
        super().__init__()
        self.mixed, self.joined = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        at = f"encoder.layer.{number}."
        for part in ("weight", "bias"):
            asked = [source[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            getattr(self.mixed, part).data = torch.cat(asked)
            for module, name in (
                (self.joined, "attention.output.dense"),
                (self.first, "attention.output.LayerNorm"),
                (self.wide, "intermediate.dense"),
                (self.narrow, "output.dense"),
                (self.second, "output.LayerNorm"),
            ):
                getattr(module, part).data = source[f"{at}{name}.{part}"].clone()

    def forward(self, seen: Tensor, hidden: Tensor) -> Tensor:
        """Return what each piece has become after looking at the others; `hidden` is added to what must not be looked at."""
        batch, length, _ = seen.shape
        parts = self.mixed(seen).reshape(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        looked = nn.functional.scaled_dot_product_attention(
            parts[0], parts[1], parts[2], attn_mask=hidden.to(parts.dtype), dropout_p=0.1 if self.training else 0.0
        )
        seen = self.first(seen + self.dropout(self.joined(looked.transpose(1, 2).reshape(batch, length, WIDTH))))
        out: Tensor = self.second(seen + self.dropout(self.narrow(nn.functional.gelu(self.wide(seen)))))
        return out


class Encoder(nn.Module):  # type: ignore[misc]
    """The sentence encoder with the pieces we keep, and one head a fact."""

    def __init__(self, source: Path, kept: Sequence[int], sizes: Sequence[int]) -> None:
        super().__init__()
        given = load_file(source)
        self.pieces = nn.Embedding.from_pretrained(given["embeddings.word_embeddings.weight"][list(kept)], freeze=True)
        self.places = nn.Embedding.from_pretrained(given["embeddings.position_embeddings.weight"], freeze=False)
        self.kind = nn.Parameter(given["embeddings.token_type_embeddings.weight"][0].clone())
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.norm.weight.data, self.norm.bias.data = given["embeddings.LayerNorm.weight"], given["embeddings.LayerNorm.bias"]
        self.layers = nn.ModuleList(Layer(given, number) for number in LAYERS)
        self.look = nn.Linear(WIDTH, len(sizes))
        self.heads = nn.ModuleList(nn.Linear(2 * WIDTH, size) for size in sizes)
        self.dropout, self.often = nn.Dropout(0.1), nn.Dropout(0.2)

    def forward(self, ids: Tensor, there: Tensor) -> tuple[list[Tensor], Tensor, Tensor]:
        """Return the scores of every head, the weight of each piece for it, and the mean of what was seen."""
        seen = self.dropout(self.norm(self.pieces(ids) + self.places(torch.arange(ids.shape[1])) + self.kind))
        hidden = (1 - there[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            seen = layer(seen, hidden)
        real = there.float()[..., None]
        mean = (seen * real).sum(1) / real.sum(1)
        weights = (self.look(seen) + (1 - real) * -1e4).softmax(1)
        looked = torch.einsum("btn,btd->bnd", weights, seen)
        both = self.often(torch.cat([looked, mean[:, None].expand_as(looked)], -1))
        return [head(both[:, place]) for place, head in enumerate(self.heads)], weights, mean


class Whole(nn.Module):  # type: ignore[misc]
    """The encoder as it is exported: one conversation in, all scores in one row out."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return scores, weights and meaning."""
        scores, weights, mean = self.encoder(ids, torch.ones_like(ids))
        return torch.cat(scores, -1), weights, mean
