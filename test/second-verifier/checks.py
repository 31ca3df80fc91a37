"""The checks, by name and in the order of docs/protocol.md, section "What a verifier checks"."""

from ballot_checks import BallotChecks
from basics import Lie, whole
from ceremony import check_messages, check_record, check_rehearsal
from changes import check_certificate_form, check_opening_form
from office_checks import OfficeChecks


class Verifier(OfficeChecks, BallotChecks):
    def __init__(self, bundle, options):
        self.bundle = bundle
        self.options = options
        self.given = {}

    def checks(self):
        try:
            ceremony = self.bundle.ceremony
        except Exception:  # Without it there is nothing to check by.
            return [("files", lambda: self.bundle.ceremony)]
        return [
            ("files", self.files),
            ("signature", self.signature),
            ("opening", self.opening),
            ("changes", self.changes),
            ("definition", self.definition),
            ("public key", self.public_key),
            ("roll", self.stated_roll),
            ("times", self.times),
            ("certified files", self.files_certified),
            ("certified box", self.box_certified),
            ("counts add up", self.counts_add_up),
            ("ceremony", lambda: check_record(ceremony)),
            ("ceremony messages", lambda: check_messages(self.bundle, ceremony)),
            ("six words", self.words),
            ("rehearsal", lambda: check_rehearsal(self.bundle, ceremony)),
            ("question", self.question),
            ("signed roll", self.signed_roll),
            ("voter keys on the roll", self.roll),
            ("box", self.sealed_box),
            ("lines", self.lines),
            ("order", self.order),
            ("Merkle root", self.box_root),
            ("voter keys", self.voter_keys),
            ("tracking codes", self.tracking_codes),
            ("signatures of voters", self.voters_signatures),
            ("proofs of ballots", self.ballot_proofs),
            ("mixers", self.mixers),
            *((f"mix {number}", lambda number=number: self.mix(number)) for number in range(1, ceremony.mixes + 1)),
            *((f"opening by trustee {n}", lambda n=n: self.given_by(n)) for n in self.openers()),
            ("combination", self.combination),
            ("recount", self.contests),
        ]

    def openers(self):
        """The trustees whose openings are certified: others' lie there unread."""
        try:
            return [whole(opening["trustee"], 1, 20) for opening in self.certified_files["openings"]]
        except (Lie, KeyError, TypeError):
            return []

    def files(self):
        b = self.bundle
        for read in ("question", "opening", "changes", "signed_roll", "roll", "box", "lines", "opened", "certificate"):
            getattr(b, read)
        check_opening_form(self.statement)
        check_certificate_form(b.certificate)
        for number in range(1, b.ceremony.mixes + 1):
            b.mix(number)
        b.json("signature.json")
