"""The tables of one draw under one structure."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped, unused-ignore]

from fristed_forecast.evidence.money import factor
from fristed_forecast.evidence.table import numbers
from fristed_forecast.rates import crime, kinds, mortality, stays
from fristed_forecast.rates.balance import balance, coverage
from fristed_forecast.rates.kinds import CLASSES, GROUPS, Theta
from fristed_forecast.rates.structure import INITIATION, ROOM, Structure
from fristed_forecast.week.inputs import Kinds, Market, Rates
from fristed_forecast.week.states import (
    DEPENDENT,
    FRESH_WEEKS,
    HAT,
    LEFT,
    OCCASIONAL,
    ONTOP,
    RELEASED,
    ROWS,
    STABLE,
    STAY_WEEKS,
    USING,
)
from fristed_forecast.week.world import record

MICROGRAMS = 1_000_000
OFFENCE_KEYS = ("shop", "burg", "veh", "other", "rob", "tfp", "bike")
FIRST_COHORT = mortality.Cohort(treated=0.55, fresh=0.02, later=0.43)


def grams_sigma(theta: Theta) -> float:
    """Log-sd of grams such that the heaviest eighth use the drawn share (Lorenz curve of a lognormal)."""
    return float(stats.norm.ppf(0.875) - stats.norm.ppf(1 - theta["Lorenz_top"]))


def use_table(theta: Theta) -> NDArray[np.float64]:
    """[ROWS] street use as a share of a dependent untreated person's."""
    use = np.zeros(ROWS)
    use[OCCASIONAL] = theta["use_occ"]
    use[[USING, LEFT, RELEASED]] = 1.0
    use[ONTOP], use[STABLE] = theta["use_top"], theta["use_stable"]
    use[HAT] = 1 - theta["resp_HAT"]
    return use


def market(theta: Theta) -> Market:
    """The market's numbers in pence and micrograms."""
    table = numbers()
    return Market(
        price=theta["P_street"] * theta["r_price"] * factor(table["P_street"]) * 100,
        elasticity=theta["eps_D"],
        price_demand=theta["eta_T"],
        price_enforcement=theta["eta_E"],
        revert=1 - math.exp(-theta["k_price"] / 52),
        wage=theta["w_deal"] * factor(table["w_deal"]) * 100 / 52,
        churn=theta["th_deal"] / 52,
        replaced=theta["rho_gang"],
        replace_weeks=theta["tau_rep"] / 7,
        crack=theta["g_crack"] * factor(table["g_crack"]) * 100 * theta["sh_crack"],
        cross=theta["e_cross"],
        substitute_weeks=theta["w_subst"],
        purity_deaths=theta["e_purity"],
    )


def blank_kinds(theta: Theta) -> Kinds:
    """Attributes and start shares; the entrants' shares are set by `start_tables`."""
    listing = kinds.listing()
    stock = np.cumsum(kinds.stock_weights(theta))
    stock[-1] = 1.0
    injects, crack, resists, offender, band = (np.ascontiguousarray(listing[:, k]) for k in range(5))
    group = kinds.group_of(listing)
    return Kinds(injects, crack, resists, offender, band, group, stock, stock)


def blank_rates(theta: Theta, structure: Structure) -> Rates:
    """Everything but the start, the entrants and the solved hazards of seeking treatment and poisoning."""
    goes, to = stays.destinations(theta)
    shift, remit, rehab = stays.changes(theta)
    poison, fatal = mortality.poison_table(theta, structure, FIRST_COHORT)
    mix = np.cumsum([theta[f"mix_{key}"] for key in OFFENCE_KEYS])
    mix[-1] = 1.0
    sigma = grams_sigma(theta)
    return Rates(
        kinds=blank_kinds(theta),
        start=np.zeros((GROUPS, ROWS)),
        stay=np.zeros((GROUPS, ROWS, STAY_WEEKS)),
        living=1.0,
        entrants=0.0,
        leave=stays.leave_table(theta, structure, 1.0),
        goes=goes,
        to=to,
        shift=shift,
        remit=remit,
        ask_rehab=rehab,
        ask_hat=theta["h_hat"],
        abandon=theta["h_abandon"],
        join_room=theta["h_room"],
        poison=poison,
        fatal=fatal,
        other=mortality.other_table(theta),
        other_row=mortality.other_rows(theta),
        offend=crime.offend_table(theta, structure),
        offender=kinds.class_rates(theta),
        spell_starts=1 / theta["w_off"],
        spell_ends=1 / theta["w_on"],
        mix=mix,
        recorded=np.array([theta[f"rec_{key}"] for key in OFFENCE_KEYS]),
        charged=theta["p_ch_theft"],
        custody=theta["p_cust"],
        treated_inside=theta["p_pris_OST"],
        fresh_weeks=FRESH_WEEKS,
        detox_weeks=round(theta["w_detox"]),
        rehab_weeks=round(theta["w_rehab"]),
        lasting=theta["p_lasting"],
        grams=theta["g_day"] * 7 * MICROGRAMS * math.exp(-(sigma**2) / 2),
        grams_sigma=sigma,
        grams_offender=theta["g_off"],
        use=use_table(theta),
        dose=round(theta["g_HAT"] * 7 * MICROGRAMS),
        sells=theta["p_sell"],
        in_reach=theta["sh_catch"],
        room_visits=theta["v_room"],
        injections=theta["inj_day"] * 7,
        room_fatal=theta["r_room"],
        room_seek=theta["HR_DCR_tx"],
        area_ratio=min(1.0, math.sqrt(theta["RR_DCR_VAN"] * theta["RR_DCR_TOR"])),
        arrest_minutes=round(theta["h_arr"] * 60),
        investigation_minutes=round(theta["h_inv"] * 60),
        deter_initiation=theta["e_det_init"],
        deter_use=theta["e_det_use"],
        spend=theta["xi"],
        patrol=theta["e_patrol"],
        problem=theta["e_pop"],
        displaced=theta["d_patch"],
        chi=theta["chi"],
        phi=theta["phi"],
        reputation_share=theta["sh_seen"],
        reputation=theta["q_init"],
        market=market(theta),
        initiation_form=INITIATION.index(structure.initiation),
        room_form=ROOM.index(structure.room),
    )


def custody_hazard(rates: Rates, crack: int, offender: int) -> NDArray[np.float64]:
    """[ROWS] weekly custody of a person, mean over being in a spell or not."""
    in_spell = rates.spell_starts / (rates.spell_starts + rates.spell_ends)
    mix = np.diff(np.concatenate([[0.0], rates.mix]))
    per_offence = float((mix * rates.recorded).sum()) * rates.charged * rates.custody
    offences = rates.offender[offender] * rates.offend[:, crack]
    return np.asarray(-np.expm1(-offences * per_offence) * in_spell, dtype=np.float64)


def death_hazard(rates: Rates, injecting: float) -> NDArray[np.float64]:
    """[ROWS] weekly death of a person of middle age."""
    poison = rates.poison[:, 0] * (1 - injecting) + rates.poison[:, 1] * injecting
    return np.asarray(poison * rates.fatal + rates.other[1, 0] * rates.other_row, dtype=np.float64)


def times_of(rates: Rates, injecting: float) -> NDArray[np.float64]:
    """[GROUPS, ROWS, STAY_WEEKS] weeks lived by one entrant of each group."""
    death, packed = death_hazard(rates, injecting), record(rates)
    times = np.zeros((GROUPS, ROWS, STAY_WEEKS))
    for group in range(GROUPS):
        crack, resists, offender = group // (2 * CLASSES), group // CLASSES % 2, group % CLASSES
        if offender == 0 and crack == 1:
            times[group] = times[resists * CLASSES]  # who never offends never goes to prison, crack or not
        else:
            times[group] = balance(packed, resists, custody_hazard(rates, crack, offender), death)
    return times


def mean_times(rates: Rates, theta: Theta) -> NDArray[np.float64]:
    """[2, ROWS, STAY_WEEKS] weeks lived by one entrant, by resisting, at the mean hazard of custody."""
    weights = group_weights(theta).reshape(2, 2, CLASSES)
    custody = np.stack([[custody_hazard(rates, c, k) for k in range(CLASSES)] for c in (0, 1)])
    death, packed = death_hazard(rates, theta["sh_inj"]), record(rates)
    times = []
    for resists in (0, 1):
        share = weights[:, resists] / weights[:, resists].sum()
        times.append(balance(packed, resists, np.einsum("ck,ckr->r", share, custody), death))
    return np.stack(times)


def group_weights(theta: Theta) -> NDArray[np.float64]:
    """[GROUPS] share of the dependent at the start."""
    groups = kinds.group_of(kinds.listing())
    return np.asarray(np.bincount(groups, kinds.stock_weights(theta), GROUPS), dtype=np.float64)


def solve_seeking(theta: Theta, structure: Structure, rates: Rates) -> Rates:
    """Find the hazard of seeking oral treatment at which coverage is what was drawn (secant on its log)."""
    weights = group_weights(theta).reshape(2, 2, CLASSES).sum(axis=(0, 2))

    def miss(log_seek: float) -> tuple[float, Rates]:
        trial = rates._replace(leave=stays.leave_table(theta, structure, math.exp(log_seek)))
        covered = coverage(mean_times(trial, theta), weights)
        return math.log(covered / (1 - covered)) - math.log(theta["cov_tx"] / (1 - theta["cov_tx"])), trial

    low, high = 0.0, 0.4
    at_low, _ = miss(low)
    for _ in range(12):
        at_high, trial = miss(high)
        if abs(at_high) < 1e-4:
            break
        slope = (at_high - at_low) / (high - low)
        low, at_low = high, at_high
        high = max(-4.0, min(4.0, high - at_high / slope))
    return trial


def start_tables(theta: Theta, rates: Rates) -> Rates:
    """Rows, stays and entrants at the start: stock = entrants x time lived, kind by kind."""
    times = times_of(rates, theta["sh_inj"])
    times[:, OCCASIONAL, 0] = 0.0  # this week's entrants arrive in their own week
    lived = times.sum(axis=2)
    dependent = lived[:, list(DEPENDENT)].sum(axis=1)
    rows = np.cumsum(lived / lived.sum(axis=1, keepdims=True), axis=1)
    rows[:, -1] = 1.0
    stay = np.cumsum(times / np.maximum(lived, 1e-300)[:, :, None], axis=2)
    stay[:, :, -1] = 1.0
    listing = kinds.listing()
    stock = kinds.stock_weights(theta)
    entrant = stock / dependent[kinds.group_of(listing)]
    everybody = stock * (lived.sum(axis=1) / dependent)[kinds.group_of(listing)]
    filled = rates.kinds._replace(stock=_cumulated(everybody), entrant=_cumulated(entrant))
    return rates._replace(
        kinds=filled,
        start=rows,
        stay=stay,
        living=float(everybody.sum()),
        entrants=float(entrant.sum()) * theta["r_init"],
    )


def _cumulated(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    total = np.cumsum(weights / weights.sum())
    total[-1] = 1.0
    return total


def cohort_of(theta: Theta, rates: Rates) -> mortality.Cohort:
    """Person-time of the published cohort: people in or out of oral treatment, not in prison."""
    weights = group_weights(theta).reshape(2, 2, CLASSES).sum(axis=(0, 2))
    lived = (mean_times(rates, theta).sum(axis=2) * weights[:, None]).sum(axis=0)
    fresh, later = lived[LEFT], lived[USING] + lived[RELEASED]
    return mortality.Cohort(float(lived[ONTOP] + lived[STABLE]), float(fresh), float(later))


def build(theta: Theta, structure: Structure) -> Rates:
    """Rates per dependent person: `entrants`, dealers and the start scale with the number of people."""
    rates = solve_seeking(theta, structure, blank_rates(theta, structure))
    poison, fatal = mortality.poison_table(theta, structure, cohort_of(theta, rates))
    return start_tables(theta, rates._replace(poison=poison, fatal=fatal))


def for_people(rates: Rates, dependent: int) -> Rates:
    """The same rates in a town with so many dependent people."""
    return rates._replace(entrants=rates.entrants * dependent)
