"""The HTML document that carries the page: language and title are right from the first byte."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from string import Template
from typing import Any, Final

import dash
from flask import request

from scoring_dash.i18n.catalogue import Language, Texts, message
from scoring_dash.web.address import read_address
from scoring_dash.web.ids import ShellId
from scoring_dash.web.wording import page_title

_FONT: Final = "fonts/inter-5.3.0-latin.woff2"


class ScoringDash(dash.Dash):
    """A Dash program whose first answer already speaks the language of the address.

    Parameters
    ----------
    texts : mapping of Language to Texts
        All languages of the screen.
    """

    def __init__(self, *arguments: Any, texts: Mapping[Language, Texts], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._texts = texts

    def interpolate_index(self, **parts: str) -> str:
        """Document for the address of the current request."""
        address = read_address("?" + request.query_string.decode("latin-1"))
        texts = self._texts[address.language]
        values = {
            "lang": address.language.value,
            "title": page_title(address, texts),
            "description": texts.say(
                "Estimated credit risk of a client, its reasons, and the client among past files."
            ),
            "main": ShellId.MAIN.value,
            "loading": texts.say("Loading the file…"),
            "needs_script": texts.say("This page needs JavaScript, which is switched off in this browser."),
            "skip": texts.say("Skip to the content"),
            "icon": self.get_asset_url("favicon.svg"),
            "font": self.get_asset_url(_FONT),
            **{f"lost_{language}": words.say(_LOST) for language, words in self._texts.items()},
            **{f"again_{language}": words.say(_AGAIN) for language, words in self._texts.items()},
            **{f"wait_{language}": words.say(_WAIT) for language, words in self._texts.items()},
            **{f"skip_{language}": words.say("Skip to the content") for language, words in self._texts.items()},
        }
        safe = {name: escape(text) for name, text in values.items()}
        return _DOCUMENT.substitute(safe, **{name: parts.get(name, "") for name in _PARTS})


def not_found_document(texts: Texts, stylesheet: str) -> str:
    """A complete small page for an address that this program does not serve."""
    return _NOT_FOUND.substitute(
        lang=texts.language.value,
        title=escape(texts.say("There is no page at this address")),
        start=escape(texts.say("Start page")),
        stylesheet=escape(stylesheet),
    )


_LOST: Final = message("The connection to the program is lost. Nothing was changed; the address holds what you see.")
_WAIT: Final = message("The answer is being computed…")
_AGAIN: Final = message("Try again")

_PARTS: Final = ("metas", "css", "config", "scripts", "renderer")

_DOCUMENT: Final = Template("""<!DOCTYPE html>
<html lang="$lang">
<head>
$metas
<title>$title</title>
<meta name="description" content="$description">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#12414f">
<link rel="icon" type="image/svg+xml" href="$icon">
<link rel="preload" as="font" type="font/woff2" href="$font" crossorigin>
$css
</head>
<body>
<a class="skip" href="#$main" data-fr="$skip_fr" data-en="$skip_en">$skip</a>
<div id="react-entry-point"><p class="loading" role="status">$loading</p></div>
<div id="progress" role="status" data-fr="$wait_fr" data-en="$wait_en"></div>
<div id="connection" role="alert" data-fr="$lost_fr" data-en="$lost_en" data-again-fr="$again_fr" \
data-again-en="$again_en"></div>
<noscript><p class="loading">$needs_script</p></noscript>
$config
$scripts
$renderer
</body>
</html>
""")

_NOT_FOUND: Final = Template("""<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="stylesheet" href="$stylesheet">
</head>
<body><main class="lost"><h1>$title</h1><p><a href="/">$start</a></p></main></body>
</html>
""")
