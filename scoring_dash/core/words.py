"""The fixed sets of words: one word per idea, the same in code, files, API and log."""

from __future__ import annotations

from enum import StrEnum


class TableName(StrEnum):
    """The eight tables, named as their files are."""

    APPLICATION_TRAIN = "application_train"
    APPLICATION_TEST = "application_test"
    BUREAU = "bureau"
    BUREAU_BALANCE = "bureau_balance"
    PREVIOUS_APPLICATION = "previous_application"
    POS_CASH_BALANCE = "POS_CASH_balance"
    INSTALLMENTS_PAYMENTS = "installments_payments"
    CREDIT_CARD_BALANCE = "credit_card_balance"


class Recommendation(StrEnum):
    """What the model recommends; a decision is a person's."""

    ACCEPT = "accept"
    REVIEW = "review"
    REFUSE = "refuse"


class Direction(StrEnum):
    """What a reason does to the probability of default."""

    RAISES = "raises"
    LOWERS = "lowers"


class Changeability(StrEnum):
    """What a client can do about the fact behind a reason."""

    CAN_CHANGE = "can_change"  # part of what is asked for: amount, term, price, declared income, documents
    FADES = "fades"  # the past weighs less as time goes by: late payments, refusals, recent enquiries
    ASK_SOURCE = "ask_source"  # held by an outside agency or another lender, who can check and correct it
    FIXED = "fixed"  # a fact of the person or of a past that does not move


class Book(StrEnum):
    """Which part of the portfolio a client belongs to."""

    PAST = "past"  # application_train: outcome known, scored out of fold
    CURRENT = "current"  # application_test: to decide


class ColumnUse(StrEnum):
    """May a column take part in a credit decision?"""

    ALLOWED = "allowed"
    JUSTIFY = "justify"  # used, with a written justification, and watched by the fairness audit
    FORBIDDEN = "forbidden"  # never in the score, never among the reasons


class Theme(StrEnum):
    """Named groups of features; a client's contributions are told by theme."""

    EXTERNAL_SCORES = "external_scores"
    LOAN_SIZE = "loan_size"
    LOAN_PRICE = "loan_price"
    INCOME_JOB = "income_job"
    ASSETS = "assets"
    RECENT_PUNCTUALITY = "recent_punctuality"
    PAST_PUNCTUALITY = "past_punctuality"
    DEBTS_ELSEWHERE = "debts_elsewhere"
    CREDIT_HISTORY = "credit_history"
    PAST_APPLICATIONS = "past_applications"
    CARD_USE = "card_use"
    COMPLETENESS = "completeness"
    LEARNED_SCORES = "learned_scores"  # what row models read in past loans


class Unit(StrEnum):
    """How a value is to be read and written for people."""

    CURRENCY = "currency"
    RATIO = "ratio"  # a multiple: 1.16 times
    SHARE = "share"  # of a whole, written as a percentage; more than 1 where the whole can be exceeded
    SCORE = "score"  # normalised score in [0, 1], written with two decimals
    DAYS = "days"  # a duration, positive unless the label says otherwise
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    FLAG = "flag"  # 0 or 1
    LEVEL = "level"  # an ordered category, coded 0, 1, 2 …: ``Feature.levels`` gives its names
    CATEGORY = "category"
    IDENTIFIER = "identifier"
    HOUR = "hour"
