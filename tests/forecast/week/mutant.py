"""Run in a process of its own, without compilation, on a copy of the package with one line changed."""

import json
import pickle
import sys
from pathlib import Path

import numpy as np

from fristed_forecast.week.inputs import Policy
from fristed_forecast.week.run import BrokenBooks, simulate

np.seterr(over="ignore")  # keys wrap around on purpose
rates = pickle.loads(Path(sys.argv[1]).read_bytes())
levers, people = json.loads(sys.argv[2]), int(sys.argv[3])
try:
    run = simulate(rates, Policy(**levers), people, 53, 5)
    order = np.argsort(run.keys, kind="stable")
    sys.stdout.write("whole " + run.persons[order][:, :6].tobytes().hex())
except BrokenBooks as error:
    sys.stdout.write(str(error))
