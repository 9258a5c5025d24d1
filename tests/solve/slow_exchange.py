"""The exchange model word for word: plain loops, whole beliefs, whole lists, a sort before every pick.

``one_round`` works in whatever numbers it is given.  Sums run in the order of the actors
and products in the order written, so that in decimals it must agree with the exact runs in
every digit; in floats ``slack`` is what counts as 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Number = Any
Cells = list[list[Number]]
Rank = Callable[["Offer"], float]

SIGMA, PHI = 0.4, 0.1


@dataclass(kw_only=True)
class Role:
    """One role of a candidate, under the names of the definition."""

    a: int
    k: int
    x: Number
    x0: Number
    goal: Number
    s: Number
    t: Number
    c: Number
    d: Number
    z: list[Number]
    told: set[int] = field(default_factory=set)
    moves: list[Number] = field(default_factory=list)
    hit: bool = False
    y: Number = 0
    before: Number = 0
    after: Number = 0


@dataclass(kw_only=True)
class Offer:
    """A candidate: its two roles, the pair of issues, its gain."""

    roles: tuple[Role, Role]
    issues: tuple[int, int]
    gain: Number = 0
    valid: bool = False


@dataclass(kw_only=True)
class Round:
    """What one round gives: outcomes before it and of its votes, positions after it, the offers realised."""

    outcome: list[Number]
    vote: list[Number]
    after: Cells
    realised: list[Offer]
    external: list[list[Number]]
    tied: int


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Saliences and powers by actor and issue, the two weights of a round's end, and the tolerances."""

    s: Cells
    c: Cells
    sigma: Number
    phi: Number
    tiny: Number
    slack: Number
    near: Number


def _sum(numbers: list[Number]) -> Number:
    total = numbers[0]
    for number in numbers[1:]:
        total = total + number
    return total


def _total(given: Setting, x: Cells, k: int) -> Number:
    return _sum([given.s[i][k] * given.c[i][k] for i in range(len(x)) if x[i][k] is not None])


def outcome(given: Setting, x: Cells, k: int) -> Number:
    """The weighted mean of issue ``k``."""
    there = [i for i in range(len(x)) if x[i][k] is not None]
    d = _total(given, x, k)
    return _sum([x[i][k] * given.s[i][k] * given.c[i][k] for i in there]) / d if d else 0


def _role(given: Setting, x: Cells, actor: int, supply: int, demand: int) -> Role:
    return Role(
        a=actor, k=supply, x=x[actor][supply], x0=x[actor][supply], y=x[actor][supply], goal=x[actor][demand],
        s=given.s[actor][supply], t=given.s[actor][demand], c=given.c[actor][supply], d=_total(given, x, supply),
        z=[row[supply] for row in x],
    )  # fmt: skip


def offers(given: Setting, x: Cells) -> list[Offer]:
    """Section 3: every candidate of the round, in order."""
    n, m = len(x), len(x[0])
    o = [outcome(given, x, k) for k in range(m)]
    found = []
    for p in range(m):
        for q in range(p + 1, m):
            both = [i for i in range(n) if x[i][p] is not None and x[i][q] is not None]
            side = {i: (x[i][p] <= o[p], x[i][q] <= o[q]) for i in both}
            for one, two in (((False, False), (True, True)), ((True, False), (False, True))):
                for i in [i for i in both if side[i] == one]:
                    for j in [j for j in both if side[j] == two]:
                        if 0 in [w[at][k] for w in (given.s, given.c) for at in (i, j) for k in (p, q)]:
                            continue
                        first, second = (i, j)
                        if given.s[i][p] / given.s[i][q] < given.s[j][p] / given.s[j][q]:
                            first, second = (j, i)
                        roles = (_role(given, x, first, q, p), _role(given, x, second, p, q))
                        found.append(Offer(roles=roles, issues=(p, q)))
    return found


def _by_move(r: Role, length: Number) -> Number:
    return length * r.s * r.c / r.d


def _back(r: Role, shift: Number) -> Number:
    return shift * r.d / (r.c * r.s)


def _ratio(r: Role, o: Role) -> Number:
    return (r.s + o.t) / (r.t + o.s)


def _signed(r: Role, o: Role, length: Number) -> Number:
    return -length if r.x > o.goal else length


def _votes(given: Setting, r: Role, own: Number) -> Number:
    z = list(r.z)
    z[r.a] = own
    return _sum([z[i] * given.s[i][r.k] * given.c[i][r.k] for i in range(len(z)) if z[i] is not None])


def _passes(given: Setting, r: Role) -> bool:
    move = r.moves[-1]
    return bool(
        given.tiny < abs(move) <= 100 + given.slack
        and -given.slack <= r.x + move <= 100 + given.slack
        and _sum(r.moves) <= 100 + given.slack
        and (all(item > 0 for item in r.moves) or all(item < 0 for item in r.moves))
    )


def _limit(given: Setting, e: Offer, at: int) -> None:
    r, o = e.roles[at], e.roles[1 - at]
    r.before, r.after = _votes(given, r, r.x) / r.d, _votes(given, r, r.y) / r.d
    f = (o.goal - r.before, o.goal - r.after)
    if all(item >= -given.slack for item in f) or all(item <= given.slack for item in f):
        return
    own = r.z[r.a] if r.a in r.told else r.x
    length = abs((o.goal * r.d - _votes(given, r, own)) / (r.s * r.c))
    shift = _by_move(r, length)
    price = _ratio(r, o) * shift
    r.moves[-1] = _signed(r, o, length)
    o.moves[-1] = _signed(o, r, abs(_back(o, price)))
    r.y, o.y = r.x + r.moves[-1], o.x + o.moves[-1]
    e.gain = abs(price * o.s - shift * o.t)
    r.before, r.after = _votes(given, r, r.x) / r.d, _votes(given, r, r.y) / r.d


def evaluate(given: Setting, e: Offer) -> None:
    """Section 4, with the lists of section 5."""
    for r in e.roles:
        if r.moves and not r.hit:
            r.moves.pop()
        r.hit = False
    zero, one = e.roles
    gap0, gap1 = abs(one.goal - zero.x), abs(zero.goal - one.x)
    rho1 = _by_move(one, gap1)
    rho0 = _ratio(one, zero) * rho1
    m0, m1 = _back(zero, rho0), gap1
    if abs(m0) > gap0:
        rho0 = _by_move(zero, gap0)
        rho1 = _ratio(zero, one) * rho0
        m0, m1 = gap0, _back(one, rho1)
    zero.moves.append(_signed(zero, one, m0))
    one.moves.append(_signed(one, zero, m1))
    for r in e.roles:
        r.y = r.x + r.moves[-1]
    e.gain = abs(rho0 * zero.s - rho1 * zero.t)
    e.valid = _passes(given, zero) and _passes(given, one) and e.gain >= given.tiny
    if e.valid:
        _limit(given, e, 0)
        _limit(given, e, 1)
        e.valid = _passes(given, zero) and _passes(given, one)


def _update(e: Offer, done: Offer) -> bool:
    """Section 6: what ``e`` learns; whether it is touched."""
    touched = False
    for r in e.roles:
        for giver in done.roles:
            if (r.a, r.k) == (giver.a, giver.k):
                r.x, r.hit, touched = giver.y, True, True
    for at in (1, 0):
        asker, giver = done.roles[at], done.roles[1 - at]
        for r, partner in ((e.roles[0], e.roles[1]), (e.roles[1], e.roles[0])):
            if (r.a, partner.k) == (asker.a, giver.k):
                known, touched = partner.z[giver.a], True
                if giver.a not in partner.told:
                    partner.z[giver.a] = giver.y
                else:
                    partner.z[giver.a] = min(known, giver.y) if giver.x0 <= known else max(known, giver.y)
                partner.told.add(giver.a)
    return touched


def _externals(given: Setting, x: Cells, e: Offer) -> list[Number]:
    """Section 10; 0 for the two partners."""
    found: list[Number] = []
    for k in range(len(x)):
        total: Number = 0
        if k not in (e.roles[0].a, e.roles[1].a) and all(x[k][r.k] is not None for r in e.roles):
            for r in (e.roles[1], e.roles[0]):
                total += (abs(r.before - x[k][r.k]) - abs(r.after - x[k][r.k])) * given.s[k][r.k]
        found.append(total)
    return found


def one_round(given: Setting, x: Cells, rank: Rank | None = None) -> Round:
    """Sections 3 to 7; equal gains in the order of the list, or the greatest ``rank`` first."""
    waiting = offers(given, x)
    for e in waiting:
        evaluate(given, e)
    realised: list[Offer] = []
    tied = 0
    while waiting:
        waiting = sorted(waiting, key=lambda e: e.gain, reverse=True)
        waiting = [e for e in waiting if e.valid]
        if not waiting:
            break
        best = waiting[0].gain
        near = given.near * max(1, best) if given.slack else given.near
        equal = [e for e in waiting if best - e.gain <= near]
        tied += len(equal) > 1
        done = equal[0] if rank is None else max(equal, key=rank)
        waiting = [e for e in waiting if e is not done]
        realised.append(done)
        for e in waiting:
            if _update(e, done):
                evaluate(given, e)
    return _close(given, x, realised, tied)


def _close(given: Setting, x: Cells, realised: list[Offer], tied: int) -> Round:
    votes, after = [list(row) for row in x], [list(row) for row in x]
    for e in realised:
        for r in e.roles:
            votes[r.a][r.k] = r.y
            pull = (1 - r.s) * given.sigma
            after[r.a][r.k] = pull * r.y + given.phi * r.y + (1 - pull - given.phi) * r.x0
    issues = range(len(x[0]))
    return Round(
        outcome=[outcome(given, x, k) for k in issues],
        vote=[outcome(given, votes, k) for k in issues],
        after=after,
        realised=realised,
        external=[_externals(given, x, e) for e in realised],
        tied=tied,
    )


def exact_setting(s: Cells, c: Cells) -> Setting:
    """Decimals: nothing but 0 counts as 0."""
    return Setting(
        s=s, c=c, sigma=Decimal(SIGMA), phi=Decimal(PHI),
        tiny=Decimal("1e-10"), slack=Decimal(0), near=Decimal("1e-20"),
    )  # fmt: skip


def float_setting(s: Cells, c: Cells) -> Setting:
    """Floats, with the tolerances of the definition."""
    return Setting(s=s, c=c, sigma=SIGMA, phi=PHI, tiny=1e-10, slack=1e-9, near=1e-11)
