"""Every ledger: one row is one line of an account. What each column means in words is in `cpsim.outputs.measures`."""

import numpy as np

from cpsim.model.records import fields

# One line a week, warm-up included. Sums over the week unless the name says mean.
WEEKLY = np.dtype(
    fields(
        """
        i8 week                 # 0 is the first week reported
        f8 caseload             # people, mean
        f8 waiting              # people, mean
        f8 in_crisis            # people, mean
        f8 stabilising          # people, mean
        f8 in_recovery          # people, mean
        f8 in_hospital          # people, mean
        f8 established          # co-ordinating WTE, mean
        f8 in_post              # co-ordinating WTE, mean, agency cover not counted
        f8 agency               # co-ordinating WTE of agency cover, mean
        f8 weighted             # people weighted by stage, mean
        f8 caseload_per_established # people per established WTE
        f8 caseload_per_in_post # people per WTE that carries a caseload, in post or agency
        f8 weighted_per_in_post # the same, people weighted by stage
        f8 contacts_crisis      # contacts held
        f8 contacts_stabilising # contacts held
        f8 contacts_recovery    # contacts held, booked CP visits among them
        f8 contacts_cp          # of these, booked CP visits
        f8 minutes_crisis       # minutes with people in crisis
        f8 minutes_stabilising  # minutes with people stabilising
        f8 minutes_recovery     # minutes with people in recovery
        f8 not_seen             # planned contacts at which the person was not seen
        f8 put_off              # person-days on which a due contact had no time
        f8 late                 # person-days in recovery beyond the planned interval
        f8 cp_minutes           # contact minutes used for CP
        f8 cp_work              # minutes given to CP: visits with travel and notes, groups, learning, leading
        f8 referred             # people
        f8 taken_on             # people
        f8 discharged           # people, drop-outs and deaths among them
        f8 crises               # begun
        f8 admissions           # begun
        f8 crisis_team_days     # person-days held by a crisis team
        f8 bed_days             # person-days in hospital
        f8 available            # minutes, after leave, sickness, meetings, records and duty
        f8 called_for           # minutes that the caseload calls for
        f8 free                 # minutes left after work that cannot wait: CP, groups and what is left over
        f8 pressure             # mean of the smoothed ratio
        f8 backlog_days         # working days of all available minutes that overdue work would take, at the week's end
        f8 members              # memberships, mean
        f8 capital              # RG-UK, mean over the caseload
        f8 wellbeing            # WEMWBS, mean over the caseload
        f8 ties                 # ties, mean over the caseload
        f8 ties_family          # of these, family
        f8 ties_friends         # of these, friends
        f8 ties_neighbours      # of these, neighbours and others
        f8 ties_groups          # of these, made in groups and places
        f8 groups_open          # groups open at the week's end
        f8 places_free          # weekly places free in them at the week's end
        f8 leavers              # practitioners who left
        f8 worker_changes       # people given another worker
        f8 waits_ended          # people taken on after waiting
        f8 days_waited          # days they had waited
        f8 cost_trust           # GBP
        f8 cost_local_authority # GBP
        f8 cost_voluntary       # GBP
        f8 cost_implementation  # GBP
        f8 cost_own_pocket      # GBP
        f8 cost_training        # GBP, part of implementation
        f8 cost_supervision     # GBP, part of implementation
        f8 cost_leadership      # GBP, part of implementation
        f8 cost_engagement      # GBP, part of implementation
        f8 cost_funds           # GBP, part of implementation
        """
    )
)

# The people panel, kept on request: one line a person and panel day, from the day of their referral on, whatever became
# of them. Counts go on from the start of the warm-up without a break at day 0.
PANEL = np.dtype(
    fields(
        """
        i8 week                 # weeks gone since day 0; 0 is the eve of day 0
        i8 person               # the person's address
        i8 stage                # Stage
        i8 on_caseload          # 1: on the caseload, in hospital or not
        i8 joined_day           # day on which the person came onto the caseload
        i8 returning            # 1: has been discharged before and came back
        i8 long_stay            # 1: stays for years; 0: assessed, helped and closed within months
        f8 wish                 # chance (0-1) of wanting more connection in a window
        i8 coordinator          # row of the care co-ordinator; below 0: none
        i8 role                 # the care co-ordinator's role, a row of roles.csv; -1: none
        i8 days_since_contact   # days
        f8 relationship         # 0-1
        f8 capital              # access to social capital, RG-UK points of 0-27
        f8 wellbeing            # WEMWBS points of 14-70
        f8 recovery             # QPR-15 points of 0-60
        f8 health               # self-rated health, points of 0-100
        f8 inclusion            # how included the person feels, points of 0-100
        i8 goal_reached         # 1: a social goal was reached, since day 0
        f8 ties                 # family, friends and neighbours
        f8 ties_new             # made in groups and places
        i8 memberships          # places belonged to
        i8 kinds                # bits of the kinds of these places
        i8 step                 # CP step being worked on; 6: all worked through; 0: not begun
        i8 steps_done           # CP steps done
        f8 fidelity             # dose x quality over the five steps, 0-1
        i8 explained            # 1: the materials were explained
        i8 asked                # 1: a practitioner raised CP with the person, since day 0
        i8 ordinary_helped      # 1: ordinary support with connections, since day 0
        i8 contacts             # held so far
        i8 not_seen             # planned contacts at which the person was not seen, so far
        f8 contact_minutes      # minutes so far
        i8 reviews              # held so far
        i8 cp_contacts          # contacts used for CP, so far
        f8 cp_minutes           # minutes so far
        i8 joined               # memberships begun so far
        f8 ties_made            # new ties so far
        i8 crises               # begun so far
        i8 admissions           # begun so far
        i8 crisis_days          # days in crisis so far
        i8 crisis_team_days     # of these, days held by a crisis team
        i8 bed_days             # days in hospital so far
        i8 worker_changes       # changes of worker so far
        f8 care_cost            # GBP of staff minutes, crisis team and ward so far
        f8 own_pocket           # GBP paid by the person so far
        f8 funded               # GBP paid for the person by funds so far
        """
    )
)

# The delivery ledger: one line a gate, over windows of people who could take up CP.
GATE_TALLY = np.dtype(
    fields(
        """
        i8 gate                 # Gate
        f8 windows              # all windows counted
        f8 delivered            # of these, delivered
        f8 first_failing        # windows in which this gate was the first to fail
        f8 any_failing          # windows in which it failed
        f8 only_failing         # windows in which it alone failed
        f8 imputed              # windows in which it was judged without a contact to judge it by
        f8 windows_seen         # windows with a contact
        f8 first_failing_seen         # the same three, over these
        f8 any_failing_seen     #
        f8 only_failing_seen    #
        """
    )
)

# The access ledger: one line a (Source, Gate) for every attempt at a connection.
ACCESS_TALLY = np.dtype(
    fields(
        """
        i8 source               # Source
        i8 gate                 # Gate
        f8 attempts             # all attempts from this source
        f8 succeeded            # of these, ended in joining
        f8 first_failing        # attempts in which this gate was the first to fail
        f8 any_failing          # attempts in which it failed
        f8 only_failing         # attempts in which it alone failed
        """
    )
)

# One line a run and team: what is reported of the weeks reported.
OUTCOME = np.dtype(
    fields(
        """
        f8 could_take_up
        f8 five_steps
        f8 some_steps
        f8 no_steps
        f8 reach
        f8 on_caseload
        f8 asked
        f8 step_1
        f8 step_2
        f8 step_3
        f8 step_4
        f8 step_5
        f8 still_connected
        f8 windows
        f8 delivered
        f8 fidelity
        f8 cp_minutes_per_person
        f8 cp_visits_per_person
        f8 materials_explained
        f8 ordinary_support
        f8 adoption
        f8 caseload
        f8 caseload_per_established
        f8 caseload_per_in_post
        f8 weighted_per_in_post
        f8 pressure
        f8 backlog_days
        f8 cp_hours_needed
        f8 cp_hours_free
        f8 cp_hours_delivered
        f8 contacts_per_person_month
        f8 contacts_in_crisis
        f8 contacts_stabilising
        f8 contacts_in_recovery
        f8 contacts_per_wte_month
        f8 crisis_share_of_contact_time
        f8 unwell_share_of_contact_time
        f8 not_seen_share
        f8 late_share
        f8 reviews_per_person
        f8 waiting
        f8 wait_weeks
        f8 vacancy_share
        f8 agency_share
        f8 turnover
        f8 changed_worker
        f8 face_to_face_share
        f8 travel_share
        f8 share_in_crisis
        f8 share_stabilising
        f8 share_in_recovery
        f8 share_in_hospital
        f8 crises_per_person_year
        f8 admissions_per_person_year
        f8 rguk_change
        f8 rguk_end
        f8 wemwbs_change
        f8 wemwbs_end
        f8 qpr_change
        f8 qpr_end
        f8 health_change
        f8 health_end
        f8 inclusion_change
        f8 inclusion_end
        f8 rguk_better
        f8 rguk_same
        f8 rguk_worse
        f8 wemwbs_better
        f8 wemwbs_same
        f8 wemwbs_worse
        f8 qpr_better
        f8 qpr_same
        f8 qpr_worse
        f8 health_better
        f8 health_same
        f8 health_worse
        f8 goal_reached
        f8 new_ties
        f8 joined_share
        f8 cost_per_person
        f8 cost_trust
        f8 cost_local_authority
        f8 cost_voluntary
        f8 cost_implementation
        f8 cost_own_pocket
        f8 cost_training
        f8 cost_supervision
        f8 cost_leadership
        f8 cost_engagement
        f8 cost_funds
        f8 five_steps_low_income
        f8 five_steps_high_income
        f8 five_steps_low_anxiety
        f8 five_steps_high_anxiety
        f8 five_steps_near
        f8 five_steps_far
        f8 rguk_change_low_income
        f8 rguk_change_high_income
        f8 rguk_change_low_anxiety
        f8 rguk_change_high_anxiety
        f8 rguk_change_near
        f8 rguk_change_far
        f8 person_days
        f8 ties_family
        f8 ties_friends
        f8 ties_neighbours
        f8 ties_groups
        f8 ties_renewed
        f8 groups_open
        f8 groups_opened
        f8 groups_known
        f8 training_hours
        f8 supervision_hours
        f8 leadership_hours
        f8 engagement_hours
        f8 funds_hours
        f8 funds_spent
        f8 funds_unspent_no_time
        f8 funds_unspent_no_use
        """
    )
)
