"""Decisions: coverage, the sharing of households, zones, and how good a plan is."""
