"""Of which outcomes more is better, and of which less. What is in neither list has no good direction by itself.

A judgement, made once and shown wherever something is called better: more contact is taken as good, a change of worker
as bad, and money as better kept, whoever pays. Caseload, hours and what was done for CP are means, not ends.
"""

from __future__ import annotations

MORE, LESS, NEITHER = "more", "less", ""
_NAMES_OF_MORE = """
    five_steps reach asked still_connected delivered fidelity cp_minutes_per_person cp_visits_per_person
    materials_explained adoption cp_hours_free cp_hours_delivered
    contacts_per_person_month contacts_in_crisis contacts_stabilising contacts_in_recovery reviews_per_person
    share_in_recovery rguk_change rguk_end wemwbs_change wemwbs_end qpr_change qpr_end health_change health_end
    inclusion_change inclusion_end rguk_better wemwbs_better qpr_better health_better goal_reached new_ties joined_share
    five_steps_low_income five_steps_high_income five_steps_low_anxiety five_steps_high_anxiety
    five_steps_near five_steps_far rguk_change_low_income rguk_change_high_income rguk_change_low_anxiety
    rguk_change_high_anxiety rguk_change_near rguk_change_far
    ties_family ties_friends ties_neighbours ties_groups ties_renewed groups_open groups_opened groups_known
"""
_NAMES_OF_LESS = """
    no_steps pressure backlog_days not_seen_share late_share waiting wait_weeks vacancy_share agency_share turnover
    changed_worker share_in_crisis share_in_hospital crises_per_person_year admissions_per_person_year
    rguk_worse wemwbs_worse qpr_worse health_worse cost_per_person cost_trust cost_local_authority cost_voluntary
    cost_implementation cost_own_pocket cost_training cost_supervision cost_leadership cost_engagement cost_funds
"""
_MORE, _LESS = frozenset(_NAMES_OF_MORE.split()), frozenset(_NAMES_OF_LESS.split())


def better_is(outcome: str) -> str:
    """ "more", "less", or "" where neither is better by itself."""
    return MORE if outcome in _MORE else LESS if outcome in _LESS else NEITHER


def good(outcome: str) -> int:
    """The same as a sign: 1, -1 or 0."""
    return {MORE: 1, LESS: -1, NEITHER: 0}[better_is(outcome)]
