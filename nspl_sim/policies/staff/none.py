"""Staff stay in their own region."""

from dataclasses import dataclass

from nspl_sim.policies.rules import Loan, Situation, register
from nspl_sim.vocabulary.text import Text, text


@register("staff", "none")
@dataclass(frozen=True)
class NoStaff:
    """No staff are lent."""

    def loans(self, situation: Situation) -> tuple[Loan, ...]:
        """Return no loan."""
        return ()

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text("No staff are lent to another region.")
