"""The file a family takes to a hearing: all it may see and nothing else, and no byte of it changed unseen."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.access import Refused
from portal.audit.models import Entry
from portal.care import actions as care
from rights_grievances import verify
from rights_grievances.actions.packing import make_pack
from rights_grievances.models import Case
from tests.care.plans import goal
from tests.care.plans import opened as opened_plan
from tests.rights_grievances.appealing import answered, appealed
from tests.rights_grievances.telling import tell
from tests.world import World, signed_in

FILES = {
    "READ-ME.txt": b"This is your file.",
    "index.html": "<p>Gràcies</p>".encode(),
    "letters/01-decision.pdf": bytes(range(256)),
    "empty.txt": b"",
    "verify.py": Path(verify.__file__).read_bytes()[:300],
}


def packed(files: dict[str, bytes] = FILES) -> bytes:
    return verify.zipped({**files, verify.MANIFEST: verify.manifest_of(files)})


PACK = packed()


# -- nothing changes unseen ----------------------------------------------------------------------------------------------


def test_a_pack_as_it_was_made_has_no_problem_and_opens_anywhere() -> None:
    assert verify.problems(PACK) == []
    with zipfile.ZipFile(io.BytesIO(PACK)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in FILES} == FILES


@given(at=st.integers(0, len(PACK) - 1), flip=st.integers(1, 255))
@settings(max_examples=400, deadline=None)
def test_one_byte_changed_anywhere_is_found_and_said_where(at: int, flip: int) -> None:
    changed = bytearray(PACK)
    changed[at] ^= flip
    found = verify.problems(bytes(changed))
    assert found
    assert any(f"Byte {at} " in one or "Entry" in one or verify.MANIFEST in one for one in found)


@pytest.mark.slow
def test_each_single_byte_of_a_pack_counts() -> None:
    for at in range(len(PACK)):
        changed = bytearray(PACK)
        changed[at] ^= 1
        assert verify.problems(bytes(changed)), at


@pytest.mark.parametrize("name", sorted(FILES.keys() - {"empty.txt"}))
def test_a_changed_file_is_named(name: str) -> None:
    changed = FILES | {name: FILES[name] + b"!"}
    data = verify.zipped({**changed, verify.MANIFEST: verify.manifest_of(FILES)})
    number = list(FILES).index(name) + 1
    assert f"Entry {number}, {name}: the file or its fingerprint was changed." in verify.problems(data)


def test_what_was_taken_out_put_in_swapped_or_cut_off_is_named() -> None:
    manifest = verify.manifest_of(FILES)
    less = {name: content for name, content in FILES.items() if name != "index.html"}
    assert "Entry 2, index.html: the file is missing." in verify.problems(
        verify.zipped({**less, verify.MANIFEST: manifest})
    )
    more = {**FILES, "more.html": b"", verify.MANIFEST: manifest}
    assert "more.html: this file is not in the list." in verify.problems(verify.zipped(more))
    swapped = json.loads(manifest)
    swapped["entries"][0], swapped["entries"][1] = swapped["entries"][1], swapped["entries"][0]
    again = (json.dumps(swapped, indent=1) + "\n").encode()
    assert any("chain is broken" in one for one in verify.problems(verify.zipped({**FILES, verify.MANIFEST: again})))
    assert verify.problems(PACK[:-1])
    assert verify.problems(PACK + b"x")
    assert verify.problems(b"") == [
        "manifest.json is missing or cannot be read.",
        "Byte 0 of the package, in its first lines: not as it was made.",
    ]


def test_another_pack_made_from_scratch_is_told_by_its_number() -> None:
    other = packed(FILES | {"index.html": b"<p>Other words</p>"})
    told = verify.head_of(verify.manifest_of(FILES))
    assert verify.problems(other) == []
    assert any(told in one for one in verify.problems(other, told))
    assert verify.problems(PACK, told) == []


def test_the_command_and_the_few_lines_inside_say_the_same_without_the_site(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(PACK)
    bad.write_bytes(PACK.replace(b"This is your file.", b"This is your life."))
    call_command("verify_pack", str(good), stdout=(said := io.StringIO()))
    assert said.getvalue() == "All is as it was made.\n"
    with pytest.raises(CommandError, match=r"Entry 1, READ-ME\.txt"):
        call_command("verify_pack", str(bad))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_pack", str(tmp_path / "none.zip"))
    script = tmp_path / "verify.py"
    script.write_bytes(Path(verify.__file__).read_bytes())
    for file, code, told in ((good, 0, "All is as it was made."), (bad, 1, "READ-ME.txt")):
        ran = subprocess.run(
            [sys.executable, "-I", str(script), str(file)], capture_output=True, text=True, check=False
        )
        assert (ran.returncode, told in ran.stdout) == (code, True), ran


# -- what is in it -------------------------------------------------------------------------------------------------------


def opened(data: bytes) -> dict[str, str]:
    assert verify.problems(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {name: found.read(name).decode() for name in found.namelist()}


def test_the_family_gets_its_whole_file_with_the_decision_and_every_date(world: World) -> None:
    case = answered(world, "upheld", appealed(world, words="My son needs this.", wants_continuing=True))
    made = make_pack(actor=world.caregiver, case=case)
    files = opened(made.data)
    assert {"index.html", "case.html", "decision.html", "dates.html", "verify.py", "READ-ME.txt"} <= files.keys()
    assert not [name for name in files if name.startswith(("messages/", "plan/"))]
    assert "My son needs this." in files["case.html"]
    assert "We looked at all of it." in files["case.html"]
    assert "Respite at home" in files["decision.html"]
    assert "438.408" in files["dates.html"]
    for path in json.loads(files["manifest.json"])["entries"]:
        assert path["path"] in files
    entry = Entry.objects.filter(subject="case", subject_id=str(case.public_id), verb="viewed").latest("pk")
    assert (entry.detail["pack"], entry.actor) == (made.head, world.caregiver)


def test_messages_come_along_only_if_ticked_and_only_from_their_own_conversations(world: World) -> None:
    case = tell(world)
    own, other = world.conversation.public_id, world.stranger_conversation.public_id
    files = opened(make_pack(actor=world.caregiver, case=case, conversations=[own, other]).data)
    assert [name for name in files if name.startswith("messages/")] == ["messages/01.html"]


def test_what_staff_noted_among_themselves_is_not_in_the_familys_file(world: World) -> None:
    from rights_grievances import actions

    case = tell(world)
    actions.take_note(actor=world.coordinator, case=case, text="Call the plan first.")
    assert "Call the plan first." not in opened(make_pack(actor=world.caregiver, case=case).data)["case.html"]
    assert "Call the plan first." in opened(make_pack(actor=world.coordinator, case=case).data)["case.html"]


def test_whoever_may_not_see_the_case_gets_no_file(world: World) -> None:
    own = tell(world, filed_by=world.youth, filed_as=Case.FiledAs.YOUTH, is_own_matter=True)
    for person in (world.caregiver, world.second_caregiver, world.peer, world.liaison, world.stranger_caregiver):
        with pytest.raises(Refused):
            make_pack(actor=person, case=own)
        assert signed_in(None, person).get(f"/cases/{own.public_id}/pack/").status_code == 404
    make_pack(actor=world.youth, case=own)


def test_the_page_gives_the_file_and_ticks_nothing_by_itself(world: World) -> None:
    case = tell(world)
    browser = signed_in(None, world.caregiver)
    page = browser.get(f"/cases/{case.public_id}/pack/").content.decode()
    assert "checked" not in page
    answer: Any = browser.post(f"/cases/{case.public_id}/pack/", {"conversations": [str(world.conversation.public_id)]})
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="my-file-')
    assert "messages/01.html" in opened(answer.content)


def test_where_no_plan_is_bound_the_file_says_nothing_of_medicaid(world: World) -> None:
    case = tell(
        world,
        program=world.other_program,
        filed_by=world.faraway_caregiver,
        family=world.faraway_family,
        youth=world.faraway_youth_member,
    )
    files = opened(make_pack(actor=world.faraway_caregiver, case=case).data)
    said = "".join(text for name, text in files.items() if name.endswith(".html")).lower()
    for word in ("medicaid", "appeal", "hearing", "42 cfr"):
        assert word not in said


def test_a_plan_comes_along_with_every_version_as_this_reader_sees_it(world: World) -> None:
    plan = opened_plan(world)
    item = goal(world, plan, text="Sleep through the night")
    care.change_item(
        actor=world.facilitator,
        item=item,
        mark=item.mark,
        data=item.data | {"text": "Sleep six hours"},
        why="It is closer.",
    )
    case = tell(world)
    files = opened(make_pack(actor=world.caregiver, case=case, plans=[plan.public_id]).data)
    for words in ("Sleep through the night", "Sleep six hours", "It is closer."):
        assert words in files["plan/01.html"], words
    for person in (world.coordinator, world.youth):
        names = opened(make_pack(actor=person, case=case, plans=[plan.public_id]).data).keys()
        assert ("plan/01.html" in names) is (person is world.youth)
