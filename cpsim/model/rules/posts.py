"""Posts: people leave, vacant posts are advertised in rounds that may fail, and every newcomer is somebody else.

A round takes its time and ends with a starter or with nobody. Where the team says which vacancies are usual for it, the
chance that a round succeeds follows from them, so that they stay what they are: share vacant = leaving rate x time to
fill / (1 + leaving rate x time to fill). Posts that a change brings are advertised on the day it begins. Agency cover
carries a caseload, does not know CP, and goes when the post is filled.
[workforce_turnover_mh_2016, workforce_time_to_recruit_days, workforce_recruit_new_days, workforce_round_success,
workforce_recruit_spread, workforce_agency_days]
"""

from cpsim.model import draw
from cpsim.model.codes import Move, Purpose
from cpsim.model.records import NEVER
from cpsim.model.rule import rule


@rule
def exists(worker, day):
    """Is the post established on this day?"""
    return worker.opens <= day < worker.closes


@rule
def is_vacant(worker):
    """Is nobody employed in the post, whether or not an agency covers it?"""
    return worker.agency == 1 or worker.filled == 0


@rule
def move(worker, team, seed, p):
    """Let the person in post leave, or fill a vacant post. Returns a Move."""
    if not exists(worker, team.day):
        return close(worker)
    if is_vacant(worker):
        return recruit(worker, team.phase, seed, p)
    worker.spell_left -= p.leave_post_hazard * team.quit_ratio
    if worker.spell_left > 0:
        return Move.SAME
    worker.filled = 0
    worker.spells += 1
    worker.vacant_days = 0
    begin_round(worker, round_days(worker, team.phase, p), False, seed, p)
    return Move.LEFT


@rule
def close(worker):
    """The post does not exist today: whoever is there goes."""
    if not worker.filled:
        return Move.SAME
    gone = Move.COVER_LEFT if worker.agency else Move.LEFT
    worker.filled = 0
    worker.agency = 0
    return gone


@rule
def recruit(worker, phase, seed, p):
    """A day of a vacant post: a starter comes, or agency cover comes or goes, or it stays as it is."""
    worker.vacant_days += 1
    if is_found(worker, phase, seed, p):
        joined = Move.REPLACED if worker.agency else Move.JOINED
        worker.spells += 1
        arrive(worker, 0, seed, p)
        begin_spell(worker, seed)
        return joined
    covered = is_covered(worker, seed, p)
    if covered == worker.agency:
        return Move.SAME
    if covered:
        arrive(worker, 1, seed, p)
        return Move.COVER_CAME
    worker.filled = 0
    worker.agency = 0
    return Move.COVER_LEFT


@rule
def is_found(worker, phase, seed, p):
    """Does a round of recruitment end today with a starter? After a round that failed the next begins.

    A frozen post is not advertised; whoever goes on in a post with fewer hours needs no advert.
    """
    if worker.recruiting > 1:
        return True
    if p.freeze_vacant_posts:
        return False
    worker.round_left -= 1.0
    if worker.round_left > 0:
        return False
    if worker.round_luck < round_success(worker, phase, p):
        return True
    begin_round(worker, round_days(worker, phase, p), False, seed, p)
    return False


@rule
def round_days(worker, phase, p):
    """Days that a round takes, mean."""
    if worker.recruiting:
        return p.recruit_days
    return worker.round_after if phase else worker.round_before


@rule
def round_success(worker, phase, p):
    """Chance that a round ends with a starter."""
    if worker.recruiting:
        return p.round_success
    return worker.success_after if phase else worker.success_before


@rule
def begin_round(worker, mean, under_way, seed, p):
    """A round of recruitment begins, or is under way since nobody knows when; evenly spread around its mean."""
    worker.rounds += 1
    longer, worker.round_luck, passed, _ = draw.four(seed, Purpose.RECRUITMENT, worker.id, worker.rounds)
    length = mean * (1.0 + p.recruit_spread * (longer + longer - 1.0))
    worker.round_left = length - 1 / 2  # it ends with a day, so half a day more than this, on average
    if under_way:
        worker.round_left *= passed


@rule
def begin_changes(worker, before, p):
    """The scenario's changes act from today. Returns True where an advert goes out because of them.

    A vacant post is advertised anew when it is to be filled sooner than before, or is frozen no longer. Cover has yet
    to be found where the team begins to use it.
    """
    if not is_vacant(worker):
        return False
    if p.agency_cover_share > before.agency_cover_share and not worker.filled:
        worker.vacant_days = 0
    sooner = worker.success_after * worker.round_before > worker.success_before * worker.round_after
    if sooner and not worker.recruiting:
        worker.recruiting = 1
    return worker.recruiting > 0 or before.freeze_vacant_posts > p.freeze_vacant_posts


@rule
def is_covered(worker, seed, p):
    """Does an agency cover the vacant post, after the time that it takes to find somebody? 1: yes.

    Only posts that carry a caseload are covered.
    """
    if not worker.coordinates or worker.vacant_days < p.agency_days:
        return 0
    return 1 if draw.uniform(seed, Purpose.AGENCY, worker.id, worker.spells) < p.agency_cover_share else 0


@rule
def begin_spell(worker, seed):
    """The luck of how long somebody stays."""
    worker.spell_left = draw.exponential(seed, Purpose.POST_SPELL, worker.id, worker.spells)


@rule
def arrive(worker, agency, seed, p):
    """Somebody new takes up the post: attitude, threshold and habits are theirs, not the post's.

    agency: 1 for agency cover, which has not opened the materials. Whoever goes on in a post with fewer hours has
    nothing to settle into. [workforce_onboarding_share]
    """
    worker.filled = 1
    worker.agency = agency
    worker.settling = 0.0 if worker.recruiting > 1 else p.onboarding_share
    worker.recruiting *= agency
    worker.sick_days = 0
    worker.away_until = -NEVER
    worker.trained = 0
    worker.training_left = 0.0
    worker.clarity = 0.0
    worker.skill = p.skill_untrained
    attitude, reluctance = draw.normals(seed, Purpose.PRACTITIONER, worker.id, worker.spells)
    worker.can_do = min(1.0, max(0.0, p.can_do + p.practitioner_spread * attitude))
    worker.threshold = p.threshold_spread * reluctance
    worker.opening_luck = draw.uniform(seed, Purpose.MATERIALS, worker.id, worker.spells)
    worker.opened = 0
