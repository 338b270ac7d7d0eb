"""Identifiers of the components that callbacks, scripts and tests name; nothing is spelled twice."""

from __future__ import annotations

from enum import StrEnum


class ShellId(StrEnum):
    """The frame around every page."""

    ADDRESS = "shell-address"
    SHELL = "shell"
    BRAND = "shell-brand"
    LANGUAGES = "shell-languages"
    NOTICE = "shell-notice"
    MAIN = "main"  # the target of the skip link
    CONTENT = "shell-content"
    FOOTER = "shell-footer"
    ANNOUNCEMENT = "shell-announcement"
    TITLE = "shell-title"  # the first heading of the page, which takes the focus when a client is opened


class SearchId(StrEnum):
    """The client search."""

    INPUT = "search-input"
    QUERY = "search-query"
    SUGGESTIONS = "search-suggestions"


class CompareId(StrEnum):
    """The controls of the comparison."""

    THEME = "compare-theme"
    FEATURE = "compare-feature"
    GROUP = "compare-group"
    SECOND_THEME = "compare-second-theme"
    SECOND = "compare-second"
    BESIDE = "compare-beside"


class FileId(StrEnum):
    """The controls of a client's facts."""

    SEARCH = "file-search"
    THEME = "file-theme"


class WorkListId(StrEnum):
    """The work list and the steps through it."""

    GRID = "work-list"
    NUMBER = "work-list-number"
    LEAST = "work-list-least"
    GREATEST = "work-list-greatest"
    CONTRACT = "work-list-contract"
    SORT = "work-list-sort"
    PREVIOUS = "work-list-previous"
    NEXT = "work-list-next"
    BACK = "work-list-back"
    LINK = "work-list-link"  # in the header


class SimulateId(StrEnum):
    """The controls of a simulation; a field that may be changed has its name after ``FIELD``."""

    FORM = "simulate-form"
    FIELD = "simulate-field"
    SUBMIT = "simulate-submit"
    RESET = "simulate-reset"
    RESULT = "simulate-result"
    SAVE = "simulate-save"
    NAME = "simulate-scenario-name"
    SAVE_BUTTON = "simulate-scenario-save"
    PRINT = "simulate-print"
    TRY = "simulate-try"
    OPEN = "simulate-open"
    REMOVE = "simulate-remove"
