"""All days of one team: the engine's hot loop."""

from cpsim.model.day import run_day
from cpsim.model.rule import rule
from cpsim.model.tally import run_tally


@rule
def simulate(w, out, stop):
    """Run the team from the first day of warm-up to its last day, then draw up the account.

    w: World, just populated. out: one OUTCOME row, zeros. stop: one int64; another thread sets it to 1 to end the run
    early, which is looked at once a simulated week. Returns the number of service-user-days simulated, or -1 when
    stopped.
    """
    team = w.team[0]
    lived = 0
    while team.day < team.last_day - 1:
        run_day(w)
        lived += team.active
        if team.weekday == 0 and stop[0]:
            return -1
    run_tally(w, out)
    return lived
