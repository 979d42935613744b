"""All or nothing: results are made beside their folder and moved in when they are complete."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder to make results in, on the same disk as `out`; removed at the end, whatever happens.

    Made before anything is computed, so that a place that cannot be written is refused at once:
    OSError.
    """
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(20, "it is a file, not a folder", str(out))
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=out))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def move_in(folder: Path, out: Path, names: tuple[str, ...]) -> tuple[Path, ...]:
    """Moves what `folder` holds into `out`; of `names`, what was not made now is removed there.

    An older result of another run would otherwise stand beside the new ones.
    """
    made = [name for name in names if (folder / name).exists()]
    for name in made:
        (folder / name).replace(out / name)
    for name in set(names) - set(made):
        (out / name).unlink(missing_ok=True)
    return tuple(out / name for name in made)
