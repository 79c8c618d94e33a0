"""Allocation and changes of worker."""

from cpsim.scenario.declare import Section, measured


class AllocationParameters(Section):
    """Allocation and changes of worker."""

    weight_crisis: float = measured(
        "caseload_weight_crisis",
        about="Load of a person in crisis relative to one in recovery",
        unit="ratio",
        limits=(1, 30),
        group="staffing",
    )

    weight_stabilising: float = measured(
        "caseload_weight_stabilising",
        about="Load of a person stabilising relative to one in recovery",
        unit="ratio",
        limits=(1, 30),
        group="staffing",
    )

    transfers_per_year: float = measured(
        "workforce_transfer_rate",
        about="Changes of worker for another reason than a leaver",
        unit="per person-year",
        limits=(0, 5),
        group="staffing",
    )

    reallocation_days: float = measured(
        "contact_reallocation_days",
        about="Days until a person without a care co-ordinator gets another",
        unit="days",
        limits=(0, 365),
        group="staffing",
    )

    relationship_after_change: float = measured(
        "contact_relationship_after_change",
        about="Relationship carried over to another practitioner",
        unit="proportion",
        limits=(0, 1),
        group="staffing",
    )
