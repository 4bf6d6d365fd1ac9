"""Where a transformer runs, and in which numbers."""

from digest.errors import ModelError


def choose_device(device: str | None) -> str:
    """The device that was asked for, else the best there is.  Raises ModelError when torch cannot use it here."""
    import torch

    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    usable = [name for name, yes in there.items() if yes]
    if device is None:
        return usable[0]
    if device not in usable:
        raise ModelError(
            f"--device {device}: torch {torch.__version__} finds no such device here. "
            f"What it can use: {', '.join(usable)}. Without --device the best of them is taken."
        )
    return device


def choose_dtype(device: str) -> str:
    """bfloat16 where the processor multiplies it in hardware, else float32.

    On a processor that only imitates it, it is slower than float32.
    """
    import torch

    if device == "cuda":
        return "bfloat16" if torch.cuda.get_device_capability() >= (8, 0) else "float32"
    capable = torch.cpu.get_capabilities() if device == "cpu" else {}
    return "bfloat16" if capable.get("avx512_bf16") or capable.get("amx_bf16") else "float32"
