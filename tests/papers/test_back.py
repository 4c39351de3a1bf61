"""From paper back into the plan: the code on it, what was written by hand, and the signed paper itself."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from config import scans
from config.crypto import unseal_bytes
from households.models import AccessLogEntry, Household
from plans import actions as plan_actions
from plans.models import Action, Scan, Signature
from plans.paper_code import address_of, code_of, plan_key
from plans.pdf import kitchen_table
from tests.helpers import Page, sql
from tests.paper import read
from tests.papers.working import SECRETS, full_house, plan_of

pytestmark = pytest.mark.django_db
PLACE = b"Lindehof 52.1 5.2"


@pytest.fixture
def house(cast):
    return full_house(cast)


def photo(size=(300, 200), kind="JPEG") -> bytes:
    """With where it was made, as a telephone writes it."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, exif=exif)
    return out.getvalue()


def paper(script: bool = True) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        if script:
            file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
            file.docinfo["/Author"] = "Lindehof"
        file.save(out)
    return out.getvalue()


# ---- the code


def test_the_code_stands_on_the_paper_and_leads_who_may_to_the_plan(as_, house):
    plan = plan_of(house.household)
    assert code_of(plan) in " ".join(read(kitchen_table(plan)))
    address = address_of(plan).partition("//")[2].partition("/")[2]
    here = reverse("plans:from_paper", args=[house.household.number])
    assert as_("jolanda").get(f"/{address}")["Location"] == here
    assert as_("pascal").get(f"/{address}").status_code == 403
    assert as_("dennis").get(f"/{address}").status_code == 404
    assert as_(None).get(f"/{address}").status_code == 302


def test_a_typing_mistake_is_no_other_plan(house):
    plan = plan_of(house.household)
    code = code_of(plan)
    assert plan_key(code) == plan_key(code.lower().replace("-", " ").replace("0", "o")) == plan.pk
    for place, letter in enumerate(code):
        if letter != "-":
            other = code[:place] + ("7" if letter != "7" else "8") + code[place + 1 :]
            assert plan_key(other) is None
    for nonsense in ("", "x", "ABCD", "----", "🙂" * 8, "Z" * 40):
        assert plan_key(nonsense) is None


# ---- what was written


def typed(client, house, **changes) -> tuple[str, dict]:
    """The page as a browser sends it back, with these fields different."""
    address = reverse("plans:from_paper", args=[house.household.number])
    return address, Page(client.get(address)).fields | changes


def test_only_what_was_changed_is_written_each_by_its_own_verb(as_, house):
    jolanda, before = as_("jolanda"), AccessLogEntry.objects.count()
    action = house.money.actions.get(owner_resident=house.wilma)
    address, data = typed(
        jolanda, house, strengths="Wij lachen nog meer.", remark="Wij willen een nieuw huis.", written_by="Otto",
        **{f"what-{action.pk}": "Rekening openen bij de bank"},
    )  # fmt: skip
    last = AccessLogEntry.objects.latest("pk").pk
    assert jolanda.post(address, data).status_code == 302
    events = AccessLogEntry.objects.filter(pk__gt=last, action__in=["CREATE", "UPDATE"]).values_list("event", flat=True)
    assert sorted(events) == ["change action", "change household", "write note"]
    action.refresh_from_db()
    assert action.what == "Rekening openen bij de bank"
    assert Household.objects.get(pk=house.household.pk).strengths == "Wij lachen nog meer."
    note = house.household.notes.latest("pk")
    assert (note.kind, note.said_by, note.text) == ("SAID", "Otto", "Wij willen een nieuw huis.")
    assert before < last


def test_what_is_left_as_it_was_changes_nothing(as_, house):
    jolanda = as_("jolanda")
    address, data = typed(jolanda, house)
    last = AccessLogEntry.objects.latest("pk").pk
    assert jolanda.post(address, data).status_code == 302
    assert not AccessLogEntry.objects.filter(pk__gt=last, action__in=["CREATE", "UPDATE"]).exists()


def test_done_on_paper_is_done(as_, house):
    jolanda, action = as_("jolanda"), house.money.actions.get(owner_resident=house.wilma)
    plan_actions.move_action(action=action, to=Action.Status.ACCEPTED, by=house.by)
    address, data = typed(jolanda, house, **{f"done-{action.pk}": "on"})
    assert jolanda.post(address, data).status_code == 302
    action.refresh_from_db()
    assert action.status == "DONE"


def test_what_a_colleague_changed_meanwhile_is_shown_and_not_overwritten(as_, house):
    jolanda = as_("jolanda")
    address, data = typed(jolanda, house, **{f"goal-{house.money.pk}": "Wij sparen."})
    plan_actions.change_goal(goal=house.money, title="Wij zijn uit de schulden.", by=house.by)
    answer = jolanda.post(address, data)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Wij zijn uit de schulden." in page.text
    assert page.fields[f"goal-{house.money.pk}"] == "Wij sparen."
    house.money.refresh_from_db()
    assert house.money.title == "Wij zijn uit de schulden."
    assert jolanda.post(address, page.fields).status_code == 302  # looked at, and chosen
    house.money.refresh_from_db()
    assert house.money.title == "Wij sparen."


def test_a_remark_says_who_wrote_it_and_holds_no_bsn(as_, house):
    jolanda = as_("jolanda")
    for remark, written_by in (("Iets.", ""), ("Mijn nummer is 999990019.", "Otto")):
        address, data = typed(jolanda, house, remark=remark, written_by=written_by)
        answer = jolanda.post(address, data)
        assert answer.status_code == 422
        assert Page(answer).fields["remark"] == remark


# ---- who signed


@pytest.fixture
def laid_before(house):
    """The plan, as a version that everybody is asked about."""
    plan = plan_of(house.household)
    plan_actions.put_forward(plan=plan, by=house.by)
    return plan.versions.newest_first()[0]


def of(version, resident) -> Signature:
    return version.signatures.get(resident=resident)


def test_who_signed_on_paper_stands_with_the_version(as_, house, laid_before):
    jolanda, wilma, otto = as_("jolanda"), of(laid_before, house.wilma), of(laid_before, house.otto)
    address, data = typed(
        jolanda, house, strengths="Wij lachen nog meer.",
        **{f"sign-{wilma.pk}": "AGREED", f"sign-{otto.pk}": "AGAINST", f"says-{otto.pk}": "Te veel tegelijk."},
    )  # fmt: skip
    assert jolanda.post(address, data).status_code == 302
    wilma.refresh_from_db()
    otto.refresh_from_db()
    assert (wilma.stand, wilma.seen, wilma.said_on, wilma.noted_by) == ("AGREED", True, timezone.localdate(), house.by)
    assert (wilma.share, wilma.request) == (False, False)  # no tick follows from a signature
    assert (otto.stand, otto.remark) == ("AGAINST", "Te veel tegelijk.")
    assert f"sign-{wilma.pk}" not in Page(jolanda.get(address)).fields  # asked once


def test_a_cross_without_a_reason_or_a_day_before_the_version_is_not_taken(as_, house, laid_before):
    jolanda, otto = as_("jolanda"), of(laid_before, house.otto)
    yesterday = timezone.localdate() - timedelta(days=1)
    for changes, wrong in (
        ({f"sign-{otto.pk}": "AGAINST"}, "Schrijf op waarmee deze persoon het niet eens is."),
        ({f"sign-{otto.pk}": "AGREED", "signed_on": f"{yesterday}"}, "Kies een dag vanaf de dag"),
        ({f"sign-{otto.pk}": "AGREED", "signed_on": ""}, "Kies een dag."),
    ):
        address, data = typed(jolanda, house, strengths="Nieuw.", **changes)
        answer = jolanda.post(address, data)
        assert answer.status_code == 422
        assert wrong in Page(answer).text
        assert Page(answer).fields["strengths"] == "Nieuw."
        otto.refresh_from_db()
        assert otto.stand == "NOT_ASKED"


def test_nobody_agrees_while_something_does_not_fit_together(as_, house, laid_before):
    jolanda, otto = as_("jolanda"), of(laid_before, house.otto)
    plan_actions.raise_clash(plan=laid_before.plan, said="Dat past niet.", sides=[], by=house.by)
    address, data = typed(jolanda, house, strengths="Nieuw.", **{f"sign-{otto.pk}": "AGREED"})
    answer = jolanda.post(address, data)
    assert answer.status_code == 422
    assert "past niet bij elkaar" in Page(answer).text
    assert Household.objects.get(pk=house.household.pk).strengths != "Nieuw."  # all or nothing


def test_who_said_it_meanwhile_on_the_own_page_is_not_said_otherwise(as_, house, laid_before):
    jolanda, otto = as_("jolanda"), of(laid_before, house.otto)
    address, data = typed(jolanda, house, **{f"sign-{otto.pk}": "AGAINST", f"says-{otto.pk}": "Nee."})
    plan_actions.sign(signature=otto, stand=Signature.Stand.AGREED, seen=True, by=house.by)
    answer = jolanda.post(address, data)
    assert answer.status_code == 422
    assert "in de tussentijd" in Page(answer).text
    otto.refresh_from_db()
    assert otto.stand == "AGREED"


def test_safety_is_not_on_this_page_either(as_, house):
    text = as_("jolanda").get(reverse("plans:from_paper", args=[house.household.number])).content.decode()
    for what in ("safety, the goal", "safety, the action", "a note", "protected address"):
        assert SECRETS[what] not in text


# ---- the signed paper


def send(client, house, file: bytes, name="foto.jpg"):
    address = reverse("plans:keep_scan", args=[house.household.number])
    return client.post(address, {"file": SimpleUploadedFile(name, file)})


def test_a_photo_is_kept_encrypted_without_where_it_was_made(as_, house):
    jolanda, sent = as_("jolanda"), photo()
    assert PLACE in sent
    assert send(jolanda, house, sent).status_code == 302
    kept = Scan.objects.get()
    assert kept.kind == "image/jpeg"
    assert PLACE not in kept.file
    assert not Image.open(io.BytesIO(kept.file)).getexif()
    ((stored,),) = sql("SELECT file FROM plans_scan")
    assert unseal_bytes(stored) == kept.file
    answer = jolanda.get(reverse("plans:scan", args=[house.household.number, kept.pk]))
    assert answer.content == kept.file
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert AccessLogEntry.objects.latest("pk").event == "fetch scan"


def test_a_pdf_keeps_its_pages_and_nothing_that_acts(as_, house):
    assert send(as_("jolanda"), house, paper(), "scan.pdf").status_code == 302
    with pikepdf.open(io.BytesIO(Scan.objects.get().file)) as kept:
        assert len(kept.pages) == 1
        assert "/OpenAction" not in kept.Root
        assert "/Author" not in kept.docinfo


@pytest.mark.parametrize(
    "file",
    [b"", b"%PDF-1.7 kapot", b"<svg onload=alert(1)>", b"MZ\x90\x00", b"GIF89a" + b"\x00" * 50, photo()[:200]],
    ids=["empty", "broken pdf", "svg", "program", "gif", "half a photo"],
)
def test_what_is_no_picture_and_no_pdf_is_refused(as_, house, file):
    answer = send(as_("jolanda"), house, file, "getekend.pdf")
    assert answer.status_code == 422
    assert not Scan.objects.exists()


def test_too_large_is_refused_and_a_large_photo_becomes_smaller(as_, house):
    assert send(as_("jolanda"), house, paper(False) + b" " * scans.LARGEST).status_code == 422
    assert send(as_("jolanda"), house, photo((5000, 100))).status_code == 302
    assert Image.open(io.BytesIO(Scan.objects.get().file)).width == scans.LONGEST_SIDE


def test_nobody_else_can_keep_fetch_or_take_it_away(as_, house):
    kept = plan_actions.keep_scan(plan=plan_of(house.household), file=photo(), by=house.by)
    here = [house.household.number, kept.pk]
    for other, status in (("pascal", 403), ("fadoua", 404), ("dennis", 404), ("els", 404)):
        assert as_(other).get(reverse("plans:scan", args=here)).status_code == status
        assert as_(other).post(reverse("plans:remove_scan", args=here)).status_code == status
        assert send(as_(other), house, photo()).status_code == status
    assert as_("jolanda").post(reverse("plans:remove_scan", args=here)).status_code == 302
    assert not Scan.objects.exists()


def test_no_other_page_takes_a_file(as_, house):
    address = reverse("plans:from_paper", args=[house.household.number])
    answer = as_("jolanda").post(address, {"file": SimpleUploadedFile("foto.jpg", photo())})
    assert "file" not in answer.wsgi_request.FILES
