"""Closed forms from the literature, and those to print beside the simulation. Exact to published rounding."""


def room_overdose_saving(overdoses: float, each: float) -> float:
    """Khair 2022: overdoses managed on site times the saving of each, in the currency of `each`."""
    return overdoses * each


def scaled_bed_days(days: float, rate: float, reference: float) -> float:
    """Irwin 2017: skin-infection bed-days are linear in the infection rate."""
    return days * rate / reference


def benefit_ratio(savings: float, more: float, cost: float) -> float:
    """Irwin 2017: (savings + what changes) over cost."""
    return (savings + more) / cost


def lives_on_site(deaths: float, saved_per_death: float = 0.0182) -> float:
    """Irwin 2017: lives saved in a year are a fixed share of the area's overdose deaths."""
    return deaths * saved_per_death


def epidemic_number(infection: float, recovery: float, death: float, quitting: float) -> float:
    """White and Comiskey 2007: R0 = beta1 / (p + mu + delta1); an epidemic grows when it exceeds one."""
    return infection / (recovery + death + quitting)


def cost_per_visit(running_cost: float, visits: float) -> float:
    """Running cost of a room over its visits."""
    return running_cost / visits


def revenue_removed(places: float, full: float, residual: float, grams_ratio: float, people: float) -> float:
    """Share of dealers' revenue removed: places x occupancy x (1 - residual) x mean grams of the placed over
    everybody's."""
    return places * full * (1 - residual) * grams_ratio / people


def supervised_share(injections: float, people: float, injecting: float, per_day: float) -> float:
    """Share of a town's injections in a year that happen in the room."""
    return injections / (people * injecting * per_day * 365)


def officers_for_monthly_arrest(people: float, hours: float, productive_hours: float) -> float:
    """Full-time officers to arrest everybody once a month."""
    return people * 12 * hours / productive_hours


def prison_for_all(people: float, each: float) -> float:
    """Pounds a year to imprison everybody."""
    return people * each


def averted_by_full_supervision(injectors_share: float, residual: float) -> float:
    """Share of poisoning deaths averted when every injection is supervised: those of people who do not inject
    remain, and the residual of those who do."""
    return injectors_share * (1 - residual)


def prevalence(incidence: list[float], leaving: float, start: float) -> list[float]:
    """People at the end of each year when `incidence` start and a share `leaving` of those there stop."""
    people, out = start, []
    for new in incidence:
        people = people * (1 - leaving) + new * (1 - leaving) ** 0.5
        out.append(people)
    return out
