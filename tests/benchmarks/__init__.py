"""Measurements, as ratios taken in one run; they are scripts and not tests, because a busy machine is not a defect."""
