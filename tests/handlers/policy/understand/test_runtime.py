"""The network is run by onnxruntime's own library, and says what its Python package would make it say."""

from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from handlers.policy.understand import runtime
from handlers.policy.understand.network import network
from handlers.policy.understand.runtime import NotRun, Runtime

NETWORK = files("handlers.policy.understand.learned").joinpath("network.onnx")
OUTPUTS = ("scores", "weights", "meaning")


@pytest.mark.parametrize("length", [1, 2, 17, 192])
def test_the_library_says_what_its_package_says(length: int) -> None:
    numbers = [(7 * place) % 9000 for place in range(length)]
    with as_file(NETWORK) as model:
        package = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        mine = Runtime(model, "pieces", OUTPUTS).run(numbers)

    told = package.run(list(OUTPUTS), {"pieces": np.array([numbers], dtype=np.int64)})

    assert [len(one) for one in mine] == [one.size for one in told]
    assert all(np.allclose(one, other.reshape(-1), rtol=0, atol=1e-6) for one, other in zip(mine, told, strict=True))


def test_many_at_once_get_what_each_would_get_alone() -> None:
    asked = [[1, 2 + place, 3 + place % 5] for place in range(64)]
    with as_file(NETWORK) as model:
        opened = Runtime(model, "pieces", OUTPUTS)
    alone = [opened.run(numbers) for numbers in asked]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(opened.run, asked))

    assert together == alone


def test_the_chances_of_a_fact_come_to_one() -> None:
    seen = network().read(["May I text a student at night?"])

    assert all(abs(sum(chances.values()) - 1) < 1e-9 for chances in seen.chances.values())


def test_what_it_cannot_open_is_told_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(NotRun, match="nowhere"):
        Runtime(tmp_path / "nowhere.onnx", "pieces", OUTPUTS)


def test_what_it_cannot_run_is_told_and_the_next_is_run() -> None:
    with as_file(NETWORK) as model:
        opened = Runtime(model, "pieces", OUTPUTS)

    with pytest.raises(NotRun, match="out of"):
        opened.run([10**9])

    assert opened.run([1, 2])


def test_a_library_that_is_too_old_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runtime, "VERSION", 10_000)

    with pytest.raises(NotRun, match="too old"):
        Runtime(tmp_path / "nowhere.onnx", "pieces", OUTPUTS)


def test_without_the_library_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runtime, "NAMES", ("libnothing.*",))

    with pytest.raises(NotRun, match="not installed"):
        Runtime(tmp_path / "nowhere.onnx", "pieces", OUTPUTS)
