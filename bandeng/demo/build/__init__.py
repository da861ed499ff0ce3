"""The scenario, built through the rooms' actions only; all of it invented but the page's facts."""

from bandeng.demo.build.scenario import build

__all__ = ["build"]
