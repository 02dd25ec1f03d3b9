"""Construction of the bot and its parts from the settings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from bot.answering.answerer import Answerer
from bot.answering.bot import Bot
from bot.answering.cards import Cards
from bot.answering.confidence import Calibration
from bot.answering.patterns import PatternError
from bot.answering.signing import QuoteSigner
from bot.cli.progress import bar
from bot.desk.desk import Desk
from bot.desk.provider import Provider
from bot.desk.publishing import Schedule
from bot.operations.database import Database, DatabaseError, database_url, open_database
from bot.operations.evaluations import Evaluations
from bot.operations.keeping import Keeper
from bot.operations.reload import CurrentBot, Reloader
from bot.operations.restore import sweep_draft
from bot.operations.site import CurrentPublisher, Site
from bot.operations.syncing import SyncLoop
from bot.operations.trial import Trials, Variants, snapshot_with
from bot.operations.users import Role
from bot.operations.votes import Votes, VotesUnavailable
from bot.settings import PREFIX, ROOT, Settings, SettingsError
from bot.web.about import About
from bot.web.faces import Faces
from bot.web.wechat.crypto import MessageCipher
from bot.web.wechat.routes import Channel
from corpus.article import Article
from corpus.disk import sweep
from corpus.library.cards import CardFile, read_cards
from corpus.library.files import LibraryError, read_examples
from corpus.library.inventory import take_inventory
from corpus.library.synonyms import read_synonyms
from index.build import BuildReport, build
from index.models.embedder import Embedder
from index.models.loading import ModelThread
from index.models.reranker import Reranker, load_reranker
from index.search import Searcher
from index.store.snapshot import Snapshot, SnapshotError, current_manifest, load_current

if TYPE_CHECKING:  # an extra, imported where it is set
    from bot.operations.tracing import Traces

__all__ = [
    "bot_over",
    "built",
    "cards_of",
    "database_warnings",
    "first_desk",
    "follow",
    "open_bot",
    "open_desk",
    "open_faces",
    "open_keeper",
    "open_site",
    "open_traces",
    "open_votes",
    "provider_of",
    "reloader",
    "state_database",
    "tidied",
    "warn_of_address",
]

logger = logging.getLogger(__name__)


def tidied(settings: Settings) -> int:
    """Remove what killed processes have left half written in both folders; how many files and folders.

    The articles of a service that builds no index are another one's.
    """
    removed = sweep(settings.state)
    if not settings.index:
        sweep_draft(settings.articles, settings.state)
        removed += sweep(settings.articles)
    if removed:
        logger.info("removed %d drafts that were left half written", removed)
    return removed


def warn_of_address(settings: Settings) -> None:
    """Log a warning where visitors of other machines would have a say in the service's own address."""
    if not settings.url and settings.host not in ("127.0.0.1", "::1", "localhost"):
        logger.warning(
            "YUANWEN_URL is not set: links to the service take the name that each request gives;"
            " set it to the public address"
        )


def built(settings: Settings, embedder: Embedder) -> BuildReport:
    """Build the index of the articles unless it is current."""
    with suppress(SnapshotError):  # a damaged one is built anew too
        former = current_manifest(settings.state)
        if former and not former.is_of_this_version:
            logger.info("the index was built by another version: it is built anew")
    with bar() as show:
        library = take_inventory(settings.articles, settings.state)
        return build(library, embedder, settings.state, partial(show, "building the index"))


def open_bot(settings: Settings, embedder: Embedder, thread: ModelThread, is_trusted: bool = False) -> Bot:
    """A bot over the published index; where that `is_trusted`, its large files are not read through before.

    Raises SnapshotError where there is none that fits.
    """
    reranker = load_reranker(settings.reranker, settings.state, thread)
    snapshot = load_current(settings.published, embedder.name, is_trusted)
    return bot_over(settings, reranker, snapshot, embedder)


def bot_over(settings: Settings, reranker: Reranker | None, snapshot: Snapshot, embedder: Embedder) -> Bot:
    """A bot over a snapshot, with the publisher's own calibration and examples where there are any."""
    searcher = Searcher(snapshot, embedder, reranker)
    calibration, examples = Calibration.of(settings.published), read_examples(settings.articles)
    synonyms = read_synonyms(settings.articles)
    return Bot(searcher, calibration, examples, cards=cards_of(settings), synonyms=synonyms)


def bot_onto(
    settings: Settings,
    bot: Bot,
    snapshot: Snapshot,
    cards: Cards | None = None,
    synonyms: Sequence[Sequence[str]] | None = None,
) -> Bot:
    """The bot over another snapshot, with the publisher's calibration, examples, cards and synonyms as they
    are now, or with these in their place. Raises LibraryError."""
    return bot.onto(
        snapshot,
        Calibration.of(settings.published),
        read_examples(settings.articles),
        cards_of(settings) if cards is None else cards,
        read_synonyms(settings.articles) if synonyms is None else synonyms,
    )


def cards_of(settings: Settings) -> Cards:
    """The publisher's notices for people in need. Raises LibraryError."""
    try:
        return Cards(read_cards(settings.articles), settings.contact)
    except PatternError as error:
        raise LibraryError(f"a card of {settings.articles}: {error}; see: python app.py check") from error


def reloader(
    settings: Settings, site: Site, current: CurrentBot, embedder: Embedder, tell: Callable[[str], object]
) -> Reloader:
    """Reloader of changed articles, and with them of the publisher's calibration, examples and contact."""

    def moved(snapshot: Snapshot, bot: Bot) -> Bot:
        return bot_onto(site.settings, bot, snapshot)

    published = settings.published if settings.index else None
    return Reloader(current, moved, settings.articles, settings.state, embedder, tell, published)


def state_database(settings: Settings) -> Database | None:
    """The database of the desk and of what is kept; None where it cannot be opened, which the log tells.

    Visitors are answered all the same.
    """
    try:
        return open_database(database_url(settings.database, settings.state))
    except DatabaseError as error:
        logger.error("there is no desk, and nothing is counted: %s", error)
        return None


def database_warnings(database: Database | None) -> Sequence[str]:
    """What /readyz tells of the database: visitors are answered without it, but nothing is kept."""
    return () if database and database.is_reachable() else ("database-unreachable",)


def open_site(settings: Settings, database: Database | None) -> Site:
    """The settings that can be changed at the desk, following what other processes change."""
    site = Site(settings, database)
    site.start()
    return site


def open_traces(settings: Settings) -> Traces | None:
    """What sends traces to the collector; None where the settings name none. Raises SettingsError."""
    if not settings.traces:
        return None
    if find_spec("opentelemetry.exporter") is None:
        raise SettingsError("YUANWEN_TRACES needs OpenTelemetry; run: pip install 'yuanwen[otel]'")
    from bot.operations.tracing import Traces, collector_at

    return Traces(collector_at(settings.traces))


def open_votes(settings: Settings, database: Database | None) -> Votes:
    """The votes, those of a former version among them."""
    votes = Votes(database)
    if database:
        try:
            votes.take_over(settings.state)
        except VotesUnavailable as error:
            logger.error("the votes of a former version are not taken over yet: %s", error)
    return votes


def open_keeper(settings: Settings, database: Database, site: Site, embedder: Embedder) -> Keeper:
    """Keeper that counts answers and keeps questions, started."""
    keeper = Keeper(
        database, settings.keep_questions, lambda: site.settings.keep_questions_days, embedder.embed_questions
    )
    keeper.start()
    return keeper


@contextmanager
def first_desk(settings: Settings, database: Database | None, site: Site) -> Iterator[Desk | None]:
    """The editor's desk while there is no article and so no bot; None without a database."""
    if database is None:
        yield None
        return
    desk = Desk.over(
        database, settings.articles, settings.state, CurrentPublisher(site), lambda: None,
        site=site, keeps=settings.keep_questions, fetch_private=settings.fetch_private,
        provider=provider_of(settings),
    )  # fmt: skip
    schedule = Schedule(desk)
    schedule.start()
    try:
        yield desk
    finally:
        schedule.stop()


def open_desk(
    settings: Settings,
    database: Database,
    site: Site,
    current: CurrentBot,
    embedder: Embedder,
    changed: Callable[[], object],
) -> Desk:
    """The editor's desk, publishing what is due."""

    @contextmanager
    def over(article: Article) -> Iterator[Answerer]:
        with snapshot_with(article, settings.articles, settings.state, embedder) as snapshot:
            yield bot_onto(site.settings, current.bot, snapshot)

    @contextmanager
    def with_cards(cards: Sequence[CardFile]) -> Iterator[Answerer]:
        bot = current.bot
        yield bot_onto(site.settings, bot, bot.snapshot, cards=Cards(cards, site.settings.contact))

    @contextmanager
    def with_synonyms(synonyms: Sequence[Sequence[str]]) -> Iterator[Answerer]:
        yield bot_onto(site.settings, current.bot, current.bot.snapshot, synonyms=synonyms)

    desk = Desk.over(
        database, settings.articles, settings.state, CurrentPublisher(site), changed,
        site=site, bot=current, trials=Trials(current, Variants(over, with_cards, with_synonyms)),
        evaluations=Evaluations(settings.articles, settings.state),
        keeps=settings.keep_questions, fetch_private=settings.fetch_private, provider=provider_of(settings),
    )  # fmt: skip
    Schedule(desk).start()
    return desk


def provider_of(settings: Settings) -> Provider | None:
    """Who signs users in beside their passwords. Raises SettingsError where a part is missing."""
    if not settings.oidc_issuer:
        return None
    for name in ("oidc_client_id", "oidc_client_secret", "url"):
        if not getattr(settings, name):
            raise SettingsError(f"YUANWEN_OIDC_ISSUER needs {PREFIX}{name.upper()}")
    if bool(settings.oidc_role_claim) != bool(settings.oidc_roles):
        raise SettingsError("YUANWEN_OIDC_ROLE_CLAIM and YUANWEN_OIDC_ROLES go together")
    roles = tuple(
        (cast(Role, role), value) for role, _, value in (r.partition("=") for r in settings.oidc_roles)
    )
    return Provider(
        settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.url.rstrip("/"),
        settings.oidc_name_claim, settings.oidc_role_claim, roles,
    )  # fmt: skip


def open_faces(settings: Settings, site: Site, database: Database | None) -> Faces:
    """Further ways to the answers. Without a database quotes bear no signature."""

    def about() -> About:
        return About(
            settings.keep_questions if database else "off",
            site.settings.keep_questions_days,
            counts=database is not None,
            passed_on=bool(channels),
        )

    channels = tuple(_channels(settings))
    signer = QuoteSigner(database.key("quotes")) if database else None
    return Faces(about, signer, settings.openai_token, channels, settings.articles)


def _channels(settings: Settings) -> Iterator[Channel]:
    """The accounts that are set. Raises SettingsError where one lacks a part."""
    if settings.wechat_token:
        token, key, app_id = settings.wechat_token, settings.wechat_aes_key, settings.wechat_app_id
        if key and not app_id:
            raise SettingsError("YUANWEN_WECHAT_AES_KEY needs YUANWEN_WECHAT_APP_ID")
        yield Channel("/wechat", token, MessageCipher(token, key, app_id) if key else None)
    if settings.wecom_token:
        token, key, corp_id = settings.wecom_token, settings.wecom_aes_key, settings.wecom_corp_id
        if not key or not corp_id:
            raise SettingsError("YUANWEN_WECOM_TOKEN needs YUANWEN_WECOM_AES_KEY and YUANWEN_WECOM_CORP_ID")
        yield Channel("/wecom", token, MessageCipher(token, key, corp_id), is_corporate=True)


def follow(settings: Settings, changed: Callable[[], object]) -> SyncLoop:
    """Loop that follows the publishers' places while the service runs.

    Raises corpus.sources.files.SourceError where sources.toml is not as it must be.
    """
    from corpus.sources.following import read_sources  # all readers come with it

    read_sources(settings.articles)
    return SyncLoop(ROOT, settings.articles, settings.state, changed)
