"""Files that are dropped on the page, and tables whose columns a person has to choose."""

import csv
from pathlib import Path
from typing import Any

from engine import generate_practice
from engine.files import write_folder

DROP = """([files, folder]) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) transfer.items.add(new File([text], name));
  const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer });
  if (folder) {
    const entry = { webkitGetAsEntry: () => ({ isDirectory: true }) };
    Object.defineProperty(event, "dataTransfer", { value: { items: [entry], files: [] } });
  }
  document.getElementById("drop").dispatchEvent(event);
}"""
OWN_TITLES = {"patient": "Chart No.", "procedure": 'Appt "Type", code', "due": "Recall-Date"}


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    write_folder(generate_practice("one-doctor", visits=12, seed=5).problem, folder)
    return folder


def test_files_are_dropped(page: Any, address: str, tmp_path: Path) -> None:
    files = [[one.name, one.read_text("utf-8")] for one in sorted(folder_of(tmp_path).iterdir())]
    page.goto(address)
    page.evaluate(DROP, [files, False])
    page.wait_for_selector("#dates:visible")
    assert "visits.csv" in page.inner_text("#columns")
    assert page.inner_text("#message") == ""


def test_a_dropped_folder_is_refused_in_words(page: Any, address: str) -> None:
    page.goto(address)
    page.evaluate(DROP, [[], True])
    page.locator("#message", has_text="This is a folder").wait_for()
    assert not page.is_visible("#import")


def test_columns_of_another_system_are_chosen(page: Any, address: str, tmp_path: Path) -> None:
    """visits.csv comes under another name and with other titles; one of them is `due` as well."""
    folder = folder_of(tmp_path)
    own = folder / "visits.csv"
    with own.open(encoding="utf-8", newline="") as stream:
        titles, *rows = csv.reader(stream)
    theirs = [OWN_TITLES.get(title, title) for title in titles]
    with (folder / "Appointments.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerows([[*theirs, "due"], *([*row, "nonsense"] for row in rows)])
    own.unlink()

    page.goto(address)
    page.set_input_files("#files", sorted(folder.iterdir()))
    page.wait_for_selector("#choose[open]")
    assert not page.is_visible("#fill")
    form = page.locator("fieldset", has_text="Appointments.csv")
    form.get_by_label("This file is").select_option("visits.csv")
    form.get_by_label("patient *").select_option("Chart No.")
    form.get_by_label("procedure (or type) *").select_option('Appt "Type", code')
    form.locator("summary").click()
    form.get_by_label("due", exact=True).select_option("Recall-Date")
    page.screenshot(path=tmp_path / "columns.png", full_page=True)
    page.click("#chosen button")
    page.wait_for_selector("#dates:visible")
    row = page.locator("#columns tbody tr", has_text="visits.csv")
    assert row.locator("td").nth(1).inner_text() == "12"
    assert row.locator("td").nth(3).inner_text() == "other_due"
    assert "nonsense" not in page.inner_text("#problems")
