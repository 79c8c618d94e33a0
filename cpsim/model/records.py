"""Every row of state: one row is one agent.

Fields are 64-bit integers (`i8`) or floats (`f8`) only: smaller ones compute differently compiled and in plain Python.
A field's comment gives its unit. `make` is the one place where such arrays are allocated.
"""

from collections import namedtuple

import numba
import numpy as np


def make(count, dtype):
    """`count` rows of zeros; with the compiler off they also answer to `row.field`, as compiled code does."""
    rows = np.zeros(count, dtype)
    return rows.view(np.recarray) if numba.config.DISABLE_JIT else rows


def fields(text):
    """The fields of a dtype, from lines of `type name  # meaning`."""
    return [tuple(reversed(line.split("#")[0].split())) for line in text.strip().splitlines() if line.split("#")[0]]


PERSON = np.dtype(
    fields(
        """
        i8 stage                # Stage
        f8 spell_left           # hazard left in this spell of the stage (unit exponential, counted down)
        f8 relapse              # hazard of a crisis per day in recovery, before lateness of contact
        f8 exit_left            # hazard left before leaving the caseload
        f8 transfer_left        # hazard left before a change of worker for another reason than a leaver
        i8 coordinator          # row of the care co-ordinator; -1: none
        i8 long_stay            # 1: stays for years; 0: assessed, helped and closed within months
        i8 days_since_contact   # days
        f8 interval             # days planned between contacts at this stage with this worker
        i8 rebook_left          # days until a missed contact can be tried again
        f8 relationship         # 0-1
        i8 days_since_cp        # days since a contact used for CP
        i8 review_left          # days until the next review is due
        i8 cp_active            # 1: visits are booked for CP in this window
        i8 window_offset        # day of the 28 on which this person's windows begin
        i8 week_offset          # day of the week on which the person's week is looked at
        i8 days_in_recovery     # days
        i8 days_late            # days in recovery beyond the planned interval
        i8 held_by_crisis_team  # 1: a crisis team carries this crisis
        i8 id                   # address of every draw about this person; the same in every scenario
        f8 weight               # what the person weighs in their co-ordinator's load now
        f8 exit_luck            # 0-1: settles by which way the person leaves
        i8 window_open          # 1: a window is open
        i8 window_day           # day on which it opened
        i8 put_off              # days in a row on which a due contact had no time
        i8 days_in_crisis       # days, in the weeks reported
        i8 days_stabilising     # days
        i8 days_in_hospital     # days
        i8 days_waiting         # days
        i8 stage_spells         # number of spells so far: the event number of their draws
        i8 crises               # crises begun, in the weeks reported
        i8 admissions           # admissions, in the weeks reported
        f8 severity             # SD from the mean
        f8 social_anxiety       # SD from the mean
        f8 wish                 # chance (0-1) of wanting more connection in a window
        f8 spare_income         # GBP a week after essentials
        i8 car                  # 1: own transport
        i8 near_bus             # 1: a regular bus near home
        i8 bus_pass             # 1: rides for nothing
        f8 home_x               # km east of the centre
        f8 home_y               # km north of the centre
        i8 interest_a           # kind of place liked best
        i8 interest_b           # kind of place liked next
        f8 travel               # minutes from the base to the home and back, by a practitioner
        i8 referral_day         # day; people of the first caseload: the first day
        i8 returning            # 1: has been discharged before and came back
        i8 accepted             # 1: is to be taken on after assessment
        i8 urgent               # 1: marked urgent, or in crisis while waiting
        f8 assess_left          # minutes of assessment still to do
        i8 wait_since           # day on which waiting began
        i8 joined_day           # day on which the person came onto the caseload
        f8 tie_break            # 0-1: settles equal places in a queue
        i8 last_coordinator     # row of the last one; NOBODY, or GONE: whoever was in that post has left it
        i8 uncovered_days       # days without a co-ordinator
        i8 worker_changes       # changes of worker in the weeks reported
        i8 transfers            # event number
        i8 exits                # event number of the spells on the caseload
        i8 return_day           # day of coming back after discharge; a large number: never
        i8 reviews_done         # reviews held, in the weeks reported
        i8 contacts_planned     # event number of planned contacts
        i8 contacts_held        # in the weeks reported
        i8 contacts_missed      # planned, not seen
        f8 contact_minutes      # minutes face to face or by phone, in the weeks reported
        i8 cp_worker            # row of the practitioner who does CP with the person; -1: none
        i8 window_step          # step being worked on when the window opened
        i8 window_unwell        # 1: in crisis when it opened
        i8 found_place          # place found through CP that suits the person; -1: none yet
        f8 search_minutes       # minutes in the window of looking for a way to a place
        i8 looks                # places looked at in the window
        i8 places_looked_at     # event number of places looked at together
        i8 window_place         # place considered in this window; -1: none
        i8 window_gates         # bits of the gates that failed on its first day
        i8 window_crisis        # 1: a contact in crisis took place
        i8 window_carry         # contacts held that could have carried CP
        i8 window_well          # of these, with the person well enough
        i8 window_time          # of these, with time left
        i8 window_dose          # of these, not too long after the last one
        f8 window_minutes       # minutes added to a step in the window
        i8 window_hospital      # 1: in hospital on some day of the window
        i8 put_off_crisis       # due contacts without time in the window, by cause
        i8 put_off_absence      #
        i8 put_off_caseload     #
        i8 ordinary_helped      # 1: ordinary support with connections, in the weeks reported
        i8 ordinary_attempts    # event number
        i8 own_attempts         # event number
        i8 windows_opened       # event number of windows
        i8 step                 # CP step being worked on: 1-5; 6: all five worked through; 0: not begun
        i8 steps_done           # steps done, by the rule of dose and quality
        i8 steps_done_before    # the same at day 0
        f8 minutes_1            # minutes of CP at step 1, and so on
        f8 minutes_2            #
        f8 minutes_3            #
        f8 minutes_4            #
        f8 minutes_5            #
        f8 quality_1            # minutes x quality at step 1, and so on
        f8 quality_2            #
        f8 quality_3            #
        f8 quality_4            #
        f8 quality_5            #
        i8 cp_contacts          # contacts used for CP, in the weeks reported
        f8 cp_minutes           # CP minutes, in the weeks reported
        i8 explained            # 1: the materials were explained
        i8 wished               # 1: wanted more connection at some time in the weeks reported
        i8 asked                # 1: a practitioner raised CP with the person in the weeks reported
        f8 ties_usual           # family, friends and neighbours: the level the person returns to
        f8 ties                 # family, friends and neighbours now
        f8 ties_start           # the same at the start
        f8 ties_fallen          # fallen away and recoverable
        f8 ties_new             # made in groups and places
        f8 ties_made            # new ties in the weeks reported
        f8 ties_family          # of the ties now, family
        f8 ties_friends         # of the ties now, friends
        f8 ties_neighbours      # of the ties now, neighbours and others
        f8 ties_renewed         # fallen away and renewed, in the weeks reported
        i8 joined               # memberships begun in the weeks reported
        i8 sessions             # event number of weeks in which memberships meet
        f8 capital_own          # RG-UK points that the person starts from
        f8 capital              # access to social capital, points of 0-27
        f8 capital_before       # at day 0, or when the person came onto the caseload
        f8 wellbeing_own        # WEMWBS points that the person starts from, in recovery
        f8 wellbeing            # WEMWBS points of 14-70
        f8 wellbeing_before     # at day 0, or when the person came onto the caseload
        f8 recovery_own         # QPR-15 points above or below what the person's wellbeing says
        f8 recovery             # QPR-15 points of 0-60
        f8 recovery_before      # at day 0, or when the person came onto the caseload
        f8 health_own           # points of self-rated health above or below what the person's wellbeing says
        f8 health               # self-rated health, points of 0-100
        f8 health_before        # at day 0, or when the person came onto the caseload
        f8 inclusion            # how included the person feels, points of 0-100
        f8 inclusion_before     # at day 0, or when the person came onto the caseload
        i8 goal_set             # 1: a goal was agreed at step 3 of CP
        f8 goal_left            # hazard left before the person reaches a social goal without CP
        f8 goal_luck            # 0-1: settles whether a goal of CP is reached
        i8 goal_reached         # 1: a social goal was reached in the weeks reported
        i8 could_take_up        # 1: counts among those who could take up CP; written at the end of the run
        f8 staff_minutes        # minutes of practitioners for this person, travel and notes with them
        f8 staff_cost           # GBP of these minutes
        i8 days_held            # days held by a crisis team
        f8 care_cost            # GBP of staff minutes, crisis team and ward; written at the end of the run
        f8 own_pocket           # GBP spent on fees, extras and fares
        f8 funded               # GBP of these paid from implementation funds
        """
    )
)

PRACTITIONER = np.dtype(
    fields(
        """
        i8 id                   # address of every draw about this post
        i8 role                 # row of roles.csv
        f8 wte                  # whole-time equivalents of the post
        i8 coordinates          # 1: carries a caseload as care co-ordinator
        i8 helps                # people for whom the role can do CP at a time without co-ordinating
        i8 clinical             # 1: may hold crisis contacts, assessments and duty
        f8 contact_factor       # planned contacts relative to the standard interval
        f8 orientation          # social orientation, 0-1
        f8 own_work             # share of the day for work that is not modelled (clinics, support, management)
        f8 hour_cost            # GBP a working hour
        i8 payer                # Payer
        i8 opens                # day from which the post exists
        i8 closes               # day on which it ends
        i8 filled               # 1: somebody is there, in post or as agency cover
        i8 agency               # 1: agency cover, until the post is filled
        f8 spell_left           # hazard left before leaving
        f8 filled_at_start      # chance (0-1) that somebody is in post on the first day
        i8 spells               # event number of posts filled and left
        i8 vacant_days          # days since the post fell vacant
        f8 round_left           # days left of this round of recruitment
        f8 round_luck           # 0-1: settles whether the round ends with a starter
        i8 rounds               # event number of rounds of recruitment
        f8 settling             # share of the day that a newcomer cannot use for people yet
        i8 away_until           # day on which a planned absence ends
        i8 away                 # 1: on a planned absence today
        i8 sick_days            # calendar days of sickness left
        i8 sick_draws           # event number
        i8 present              # 1: at work this day
        f8 today                # share of a whole working day that the post is for today
        f8 minutes_left         # minutes not yet given to anything today
        f8 crisis_minutes       # minutes of crisis work in the last days, fading
        f8 planned              # minutes already promised today
        f8 protected_bank       # minutes of protected time not yet used
        f8 clarity              # about CP, 0-1
        f8 skill                # in CP, 0-1
        f8 can_do               # can-do attitude, 0-1
        f8 threshold            # personal reluctance to use CP at all (logits)
        i8 opened               # 1: has opened the materials
        f8 opening_luck         # 0-1: settles whether whoever is in post opens them
        f8 training_left        # days of CP training still to come
        i8 trained              # 1: has been trained in CP
        f8 protected_promised   # of these, kept today for visits that are listed
        i8 caseload             # people
        f8 load                 # people weighted by stage
        i8 first_task           # row of the first of today's tasks; -1: none
        i8 cp_people            # people with booked CP visits
        i8 adopted              # 1: has done any CP in the weeks reported
        f8 round_before         # days that a round of recruitment takes, mean, before the changes act
        f8 round_after          # the same, after
        f8 success_before       # chance that a round ends with a starter, before the changes act
        f8 success_after        # the same, after
        i8 recruiting           # 1: advertised because of the changes; 2: somebody goes on in it with fewer hours
        """
    )
)

PLACE = np.dtype(
    fields(
        """
        i8 id                   # address of its draws
        i8 kind                 # row of resources.csv
        f8 x                    # km east of the centre
        f8 y                    # km north of the centre
        i8 near_bus             # 1: a regular bus near
        i8 opens                # day from which it exists
        i8 closes               # day on which it ends
        i8 places               # weekly places
        i8 others               # of these, taken by other people of the town
        i8 members              # service users who are members
        f8 fee                  # GBP a visit
        f8 extras               # GBP a visit (the coffee)
        i8 waived               # 1: the fee is waived for service users
        f8 welcome              # 0-1
        f8 known                # chance (0-1) that the team knows it
        i8 next                 # row of the one that opens when it closes; -1: none within the run
        i8 funded               # 1: funds pay what a visit costs, as far as the strategy says
        """
    )
)

MEMBERSHIP = np.dtype(
    fields(
        """
        i8 place                # row of the place; -1: none
        i8 source               # Source
        i8 since                # day of joining
        f8 comfort              # 0-1
        i8 accompanied          # visits still to be accompanied
        i8 attended             # times attended
        """
    )
)

TEAM = np.dtype(
    fields(
        """
        i8 day                  # today; 0 is the first day reported
        i8 phase                # row of the parameters in force: 0 the team as it is, 1 with the changes
        i8 first_day            # first day of warm-up
        i8 change_day           # day from which the changes act
        i8 last_day             # day after the last
        i8 first_weekday        # weekday of day 0; Monday is 0
        i8 weekday              # today's
        i8 active               # people in `active`
        i8 next_referral        # next row of the referral list
        i8 tasks                # rows used in `tasks`
        i8 first_shared         # row of the first task that the team shares; -1: none
        f8 established          # co-ordinating WTE established today
        f8 in_post              # co-ordinating WTE in post today, agency cover not counted
        f8 agency               # co-ordinating WTE of agency cover today
        f8 present              # co-ordinating WTE at work today
        f8 ordinary             # the team's own level of ordinary support (multiplier)
        f8 in_touch             # knowledge of the groups that are open, mean (0-1), on Monday
        f8 engagement_bank      # minutes owed to work with local groups
        f8 engagement_hours     # hours done so far beyond what the team has always given
        f8 engagement_spent     # hours turned into something won
        i8 engagement_wins      # things won so far
        f8 pressure             # minutes called for over minutes available, smoothed
        f8 called_for           # minutes called for, smoothed
        f8 available            # minutes available, smoothed
        f8 averaged             # weight (0-1) of the days lived so far in these averages, which begin at 0
        f8 called_today         # minutes
        f8 available_today      # minutes
        f8 quit_ratio           # what pressure makes of the hazard of leaving the post
        f8 sick_ratio           # what it makes of falling sick
        f8 discharge_ratio      # what it makes of agreed discharge
        f8 backlog_minutes      # minutes of contact overdue today
        i8 caseload             # people on the caseload today
        i8 next_return          # day on which the next person comes back after discharge
        i8 lead                 # row of the practitioner who leads on CP; -1: nobody
        f8 arranged             # minutes given so far to arranging what the budget pays for
        f8 spent                # GBP of the budget spent
        i8 groups_opened        # groups opened through work with local groups
        i8 panel_every          # weeks between two panel days; 0: no panel is kept
        """
    )
)

TASK = np.dtype(
    fields(
        """
        i8 kind                 # Activity
        i8 person               # row
        i8 worker               # row
        i8 rank                 # smaller is done first
        f8 urgency              # larger is done first within a rank
        f8 tie_break            # settles the rest
        i8 protected            # 1: done in protected time
        f8 need                 # minutes kept for it
        i8 next                 # row of the next task of the same list; -1: the last
        """
    )
)

World = namedtuple(
    "World",
    "seed team params people workers places kinds memberships active events due tasks windows"
    " weekly gates access minutes panel",
)
World.__doc__ = """All rows of one team and its run; rules change them in place.

seed: int. team: TEAM (1 row). params: two rows of parameters, before and after the changes. people: PERSON.
workers: PRACTITIONER. places: PLACE, sorted by kind. kinds: int64 (kinds, 3), of each kind the row of its first place,
how many there are at a time, and how many there could be with those that the team opens; those that follow are found
by `next`. memberships: MEMBERSHIP, MEMBERSHIPS rows a person. active: rows of people with the service today, in row
order. events, due: bits of Event and of Due for each of these today. tasks: TASK, today's. windows: int64
(people, windows), the gates' bits of every closed window. weekly: WEEKLY.
gates: GATE_TALLY. access: ACCESS_TALLY. minutes: float64 (roles, activities), minutes of the weeks reported.
panel: PANEL, all people of one panel day after those of the one before; empty unless asked for.
"""

MEMBERSHIPS = 3  # places a person can belong to at a time
WINDOW_DAYS = 28  # four weeks in the life of a person who could take up CP
DELIVERED, SEEN, CLOSED = 1 << 20, 1 << 21, 1 << 22  # bits of a window beside its gates'
NEVER = 1 << 40  # a day that does not come
NOBODY, GONE = -1, -2
