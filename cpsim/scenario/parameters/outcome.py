"""What connections are worth."""

from cpsim.scenario.declare import Section, measured


class OutcomeParameters(Section):
    """What connections are worth."""

    capital_mean: float = measured(
        "outcome_rguk_mean",
        about="RG-UK at the start, mean",
        unit="points of 27",
        limits=(0, 27),
        group="person",
        tag="biology",
    )

    capital_sd: float = measured(
        "outcome_rguk_sd",
        about="RG-UK at the start, standard deviation",
        unit="points",
        limits=(0.5, 12),
        group="person",
        tag="biology",
    )

    capital_per_tie: float = measured(
        "community_rguk_per_tie",
        about="RG-UK points from the first new tie",
        unit="points",
        limits=(0, 10),
        group="person",
        tag="biology",
    )

    capital_gain_cap: float = measured(
        "outcome_rguk_gain_cap",
        about="Most RG-UK points that new ties can add",
        unit="points of 27",
        limits=(0.1, 27),
        group="person",
        tag="biology",
    )

    tie_halflife_months: float = measured(
        "community_tie_halflife",
        about="Half-life of an unused tie",
        unit="months",
        limits=(0.5, 240),
        group="person",
        tag="biology",
        shape="loguniform",
    )

    wellbeing_mean: float = measured(
        "outcome_wemwbs_mean",
        about="WEMWBS at the start, in recovery, mean",
        unit="points of 14-70",
        limits=(14, 70),
        group="person",
        tag="biology",
    )

    wellbeing_sd: float = measured(
        "outcome_wemwbs_sd",
        about="WEMWBS at the start, standard deviation",
        unit="points of 14-70",
        limits=(0.5, 20),
        group="person",
        tag="biology",
        shape="uniform",
    )

    wellbeing_stage_gap: float = measured(
        "outcome_wemwbs_stage_gap",
        about="WEMWBS, recovery minus crisis",
        unit="points",
        limits=(0, 40),
        group="person",
        tag="biology",
    )

    stabilising_gap_share: float = measured(
        "outcome_stabilising_gap_share",
        about="Share of that gap that remains while stabilising",
        unit="proportion",
        limits=(0, 1),
        group="person",
        tag="biology",
    )

    wellbeing_per_capital: float = measured(
        "outcome_wemwbs_per_rguk",
        about="WEMWBS points per RG-UK point gained",
        unit="points per point",
        limits=(0, 5),
        group="person",
        tag="biology",
    )

    wellbeing_halflife_days: float = measured(
        "outcome_wellbeing_halflife_days",
        about="Half-life of the way to a new level of wellbeing",
        unit="days",
        limits=(1, 365),
        group="person",
        tag="biology",
        shape="loguniform",
    )

    recovery_mean: float = measured(
        "outcome_qpr15_mean",
        about="QPR-15 at the start, in recovery, mean",
        unit="points of 60",
        limits=(0, 60),
        group="person",
        tag="biology",
    )

    recovery_sd: float = measured(
        "outcome_qpr15_sd",
        about="QPR-15 at the start, standard deviation",
        unit="points",
        limits=(0.5, 20),
        group="person",
        tag="biology",
    )

    recovery_per_wellbeing: float = measured(
        "outcome_qpr_per_wemwbs",
        about="QPR-15 points per WEMWBS point",
        unit="points per point",
        limits=(0, 3),
        group="person",
        tag="biology",
    )

    health_mean: float = measured(
        "outcome_vas_mean",
        about="Self-rated health at the start, in recovery, mean",
        unit="points of 100",
        limits=(0, 100),
        group="person",
        tag="biology",
    )

    health_sd: float = measured(
        "outcome_vas_sd",
        about="Self-rated health at the start, standard deviation",
        unit="points of 100",
        limits=(0.5, 40),
        group="person",
        tag="biology",
        shape="uniform",
    )

    health_per_wellbeing: float = measured(
        "outcome_vas_per_wemwbs",
        about="Points of self-rated health per WEMWBS point",
        unit="points per point",
        limits=(0, 5),
        group="person",
        tag="biology",
    )

    inclusion_belonging: float = measured(
        "outcome_inclusion_belonging_share",
        about="Share of feeling included that is being at ease where one belongs",
        unit="proportion",
        limits=(0, 1),
        group="person",
        tag="biology",
    )

    goal_attained_share: float = measured(
        "outcome_goal_attained_share",
        about="Social goals reached in six months of ordinary care, out of crisis",
        unit="proportion",
        limits=(0, 0.99),
        group="person",
        tag="biology",
    )

    goal_reached_cp: float = measured(
        "outcome_goal_reached_cp",
        about="Goals agreed in CP that are reached by the time progress is reviewed",
        unit="proportion",
        limits=(0, 1),
        group="person",
        tag="biology",
    )

    worthwhile_capital: float = measured(
        "outcome_rguk_mcid",
        about="Change in RG-UK taken as worthwhile for a person",
        unit="points",
        limits=(0.1, 27),
        group="person",
        tag="biology",
    )

    worthwhile_wellbeing: float = measured(
        "outcome_wemwbs_mcid",
        about="Change in WEMWBS taken as worthwhile for a person",
        unit="points",
        limits=(0.1, 56),
        group="person",
        tag="biology",
    )

    worthwhile_recovery: float = measured(
        "outcome_qpr15_mcid",
        about="Change in QPR-15 taken as worthwhile for a person",
        unit="points",
        limits=(0.1, 60),
        group="person",
        tag="biology",
    )

    worthwhile_health: float = measured(
        "outcome_vas_mcid",
        about="Change in self-rated health taken as worthwhile for a person",
        unit="points of 100",
        limits=(0.1, 100),
        group="person",
        tag="biology",
    )
