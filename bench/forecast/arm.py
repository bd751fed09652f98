"""One whole arm with its files: 1,000 draws x 20 x 1,700 people x 520 weeks.

`python bench/forecast/arm.py [DRAWS]`; fewer draws are scaled.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import positions
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.execute import execute
from fristed_forecast.runs.plan import Plan

draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
plan = Plan(area("durham-2014"), (1700,), (positions()["hat-and-room"],), (Structure(),), draws, 20, 520, 2014)
with tempfile.TemporaryDirectory() as folder:
    began, used = time.perf_counter(), time.process_time()
    execute(plan, Path(folder), 2, lambda part: None)
    waited, spent = time.perf_counter() - began, time.process_time() - used
    size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet")) / 1e6
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{draws:,} draws x 20 x 1,700 x 520: {waited:.0f} s on two threads, {spent:.0f} s of CPU,", end=" ")
print(f"{peak:.0f} MB of memory, {size:.0f} MB written")
whole = waited * 1000 / draws
text = "measured" if draws == 1000 else f"scaled from {draws}"
print(f"1,000 draws, {text}: {whole / 60:.1f} minutes; at most 5: {'met' if whole <= 300 else 'missed'};", end=" ")
print(f"less than 2 GB: {'met' if peak < 2000 else 'missed'}")
