"""Planned contacts: how often, how long, where, and what they leave behind."""

from cpsim.scenario.declare import Section, measured
from cpsim.scenario.parameters.derive import days_between, rest


class ContactParameters(Section):
    """Planned contacts: how often, how long, where, and what they leave behind."""

    recovery_interval_days: float = measured(
        "contact_recovery_interval_days",
        about="Days between planned contacts in recovery, of a role that meets people monthly",
        unit="days",
        limits=(1, 365),
        group="contact",
    )

    stabilising_interval_days: float = measured(
        "contact_stabilising_rate",
        about="Days between planned contacts while stabilising",
        unit="days",
        limits=(1, 90),
        group="contact",
        derive=days_between,
    )

    crisis_interval_days: float = measured(
        "contact_crisis_rate",
        about="Days between planned contacts in a crisis that the team carries itself",
        unit="days",
        limits=(0.2, 30),
        group="contact",
        derive=days_between,
    )

    crisis_shared_interval_days: float = measured(
        "contact_crisis_shared_interval_days",
        about="Days between planned contacts in a crisis that a crisis team carries",
        unit="days",
        limits=(0.2, 60),
        group="contact",
    )

    contact_minutes: float = measured(
        "time_routine_contact_minutes",
        about="Time face to face in a planned contact",
        unit="minutes",
        limits=(5, 180),
        group="contact",
    )

    crisis_minutes: float = measured(
        "time_crisis_contact_minutes",
        about="Time face to face in a crisis contact",
        unit="minutes",
        limits=(5, 300),
        group="contact",
    )

    phone_minutes: float = measured(
        "contact_phone_minutes",
        about="Length of a contact by phone or video",
        unit="minutes",
        limits=(1, 120),
        group="contact",
    )

    notes_minutes: float = measured(
        "time_notes_minutes",
        about="Record keeping per contact",
        unit="minutes",
        limits=(0, 120),
        group="contact",
    )

    review_minutes: float = measured(
        "time_review_minutes",
        about="A care review, all staff time",
        unit="minutes",
        limits=(0, 450),
        group="contact",
    )

    review_interval_days: float = measured(
        "contact_review_interval_days",
        about="Days between care reviews",
        unit="days",
        limits=(28, 1000),
        group="contact",
        shape="uniform",
    )

    phone_share: float = measured(
        "contact_phone_share",
        about="Share of planned contacts by phone or video",
        unit="proportion",
        limits=(0, 1),
        group="contact",
    )

    base_share: float = measured(
        "contact_in_community_share",
        about="Share of face-to-face contacts held at the team base",
        unit="proportion",
        limits=(0, 1),
        group="contact",
        derive=rest,
    )

    miss_share: float = measured(
        "contact_dna_home_visit",
        about="Share of planned contacts at which the person is not seen",
        unit="proportion",
        limits=(0.001, 0.9),
        group="contact",
    )

    miss_anxiety_or: float = measured(
        "contact_miss_anxiety_or",
        about="Odds ratio of not being seen per SD of social anxiety",
        unit="odds ratio",
        limits=(0.2, 5),
        group="contact",
        shape="loguniform",
    )

    miss_relationship_or: float = measured(
        "contact_miss_relationship_or",
        about="Odds ratio of not being seen, full relationship against none",
        unit="odds ratio",
        limits=(0.05, 5),
        group="contact",
        shape="loguniform",
    )

    rebook_days: float = measured(
        "contact_rebook_days",
        about="Days until a missed contact is tried again",
        unit="days",
        limits=(1, 60),
        group="contact",
        shape="uniform",
    )

    unwell_recovery: float = measured(
        "contact_unwell_recovery",
        about="Too unwell for social matters at a contact in recovery",
        unit="probability",
        limits=(0, 1),
        group="contact",
    )

    unwell_stabilising: float = measured(
        "contact_unwell_stabilising",
        about="Too unwell for social matters at a contact while stabilising",
        unit="probability",
        limits=(0, 1),
        group="contact",
    )

    spare_minutes: float = measured(
        "time_social_in_routine_minutes",
        about="Minutes of a routine contact left for social matters, mean",
        unit="minutes",
        limits=(0, 60),
        group="contact",
    )

    spare_stabilising: float = measured(
        "time_social_stabilising_ratio",
        about="The same while stabilising, relative to recovery",
        unit="ratio",
        limits=(0, 2),
        group="contact",
        shape="uniform",
    )

    relationship_gain: float = measured(
        "contact_relationship_gain",
        about="Gain in relationship per contact",
        unit="0-1 scale",
        limits=(0, 1),
        group="contact",
    )

    relationship_halflife_days: float = measured(
        "contact_relationship_halflife",
        about="Half-life of relationship without contact",
        unit="days",
        limits=(5, 3650),
        group="contact",
        shape="loguniform",
    )
