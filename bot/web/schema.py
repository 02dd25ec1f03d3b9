"""The shapes of the JSON API, filled from the bot's records by their attributes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AliasPath, BaseModel, ConfigDict, Field, computed_field

from bot.answering.bot import Verdict
from bot.answering.question import LIMIT
from bot.language import Language
from bot.operations.votes import COMMENT_LIMIT, Vote
from bot.web.links import article_link, quote_link

__all__ = [
    "AnswerOut",
    "ArticleOut",
    "ArticleWithBody",
    "AskRequest",
    "FollowUpsRequest",
    "ProblemOut",
    "QuestionText",
    "ReloadOut",
    "ServiceStatus",
    "VoteRequest",
    "problem_responses",
]

NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
"""Text without control characters, tabs and line ends excepted."""

QuestionText = Annotated[str, Field(max_length=LIMIT)]
AnswerId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16}$", examples=["3q2-7wAAbCdEfGhI"])]


class AskRequest(BaseModel):
    """A question, and the earlier ones of the same conversation, oldest first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    # Length and content are check_question's to judge: its errors say more than a schema's.
    question: Annotated[
        str,
        Field(
            json_schema_extra={"minLength": 1, "maxLength": LIMIT, "pattern": NO_CONTROLS},
            description="with at least one letter or digit",
            examples=["驿城区总工会建立了多少家职工代表大会?"],
        ),
    ]
    history: Annotated[list[QuestionText], Field(max_length=20)] = []
    top: Annotated[int, Field(ge=1, le=10, description="how many quotes at most")] = 3


class FollowUpsRequest(BaseModel):
    """An answer, and the questions of the conversation so far, oldest first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answer_id: AnswerId
    history: Annotated[list[QuestionText], Field(max_length=20)] = []
    language: Annotated[Language, Field(description="of the questions to go on with")] = "zh-Hans"


class VoteRequest(BaseModel):
    """A vote on an answer. A later vote on the same answer replaces it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answer_id: AnswerId
    vote: Vote
    comment: Annotated[str, Field(max_length=COMMENT_LIMIT, pattern=NO_CONTROLS)] = ""


class ResponseModel(BaseModel):
    model_config = ConfigDict(from_attributes=True, validate_by_name=True, validate_by_alias=True)


class ReloadOut(ResponseModel):
    """What came of the last reload; `problem` says why it failed."""

    state: str
    articles: int
    passages: int
    problem: str


class ArticleTitle(ResponseModel):
    id: str
    title: str


class ArticleLink(ArticleTitle):
    """`link` is the article's page, below the service's root path."""

    @computed_field(examples=["/articles/parcels"])  # type: ignore[prop-decorator]
    @property
    def link(self) -> str:
        return article_link(self.id)


class CopyOut(ArticleLink):
    """Where the same text was published; `correction` is that article's own."""

    source: str
    published: date | None
    correction: str


class ArticleOut(ArticleTitle):
    """What is known of an article; what its source did not state is empty. `page` is the printed one.
    `correction` is to be shown with every quote of it, and where it `is_scanned` that a machine has read it
    from a scan."""

    kicker: str
    byline: str
    section: str
    page: str
    source: str
    published: date | None
    url: str
    correction: str
    is_scanned: bool


SupersededBy = Annotated[
    ArticleLink | None,
    Field(
        description="what has taken the article's place; to be named with every quote of it",
        validation_alias=AliasPath("standing", "superseded_by"),
    ),
]
WasValidUntil = Annotated[
    date | None,
    Field(
        description="the last day of an article that is no longer valid; to be named with every quote of it",
        validation_alias=AliasPath("standing", "was_valid_until"),
    ),
]
AlsoIn = Annotated[
    list[CopyOut],
    Field(
        description="articles with the same text, newest first",
        validation_alias=AliasPath("standing", "also_in"),
    ),
]


class ArticleWithBody(ArticleOut):
    body: str
    superseded_by: SupersededBy
    was_valid_until: WasValidUntil
    also_in: AlsoIn


class QuoteOut(ResponseModel):
    """`body[start:end] == text` in the article; `marks` are the best sentences, offsets into the same
    body. Offsets count Unicode code points. Show the first mark first, and the rest as its context. `link`
    is the quote's page and `sentence_link` that of its first mark, below the service's root path."""

    text: str
    start: int
    end: int
    marks: list[tuple[int, int]]
    clause: Annotated[
        tuple[int, int] | None,
        Field(description="the part of a first mark of more than 120 characters that answers"),
    ]
    score: float
    signatures: Annotated[tuple[str, str], Field(exclude=True)] = ("", "")
    article: ArticleOut
    superseded_by: SupersededBy
    was_valid_until: WasValidUntil
    also_in: AlsoIn

    @computed_field(examples=["/articles/parcels?quote=120-180&of=ab12cd34#quote"])  # type: ignore[prop-decorator]
    @property
    def link(self) -> str:
        return quote_link(self.article.id, self.start, self.text, self.signatures[0])

    @computed_field(examples=["/articles/parcels?quote=134-148&of=12cd34ab#quote"])  # type: ignore[prop-decorator]
    @property
    def sentence_link(self) -> str:
        start, end = self.marks[0] if self.marks else (self.start, self.end)
        sentence = self.text[start - self.start : end - self.start]
        return quote_link(self.article.id, start, sentence, self.signatures[1])


class CardOut(ResponseModel):
    """The publisher's notice for somebody in need: its own words, no quotation. Call `phones`."""

    id: str
    title: str
    text: str
    phones: list[str]


class ChoiceOut(ResponseModel):
    """One of the places or years that a question may mean: ask its `question` next."""

    label: Annotated[str, Field(examples=["雪松街道"])]
    question: Annotated[str, Field(examples=["雪松街道：怎样防范电信诈骗?"])]


class AnswerOut(ResponseModel):
    """`answer_id` is for POST /api/feedback. `cards` are to be shown before all else."""

    answer_id: str
    question: str
    language: Language
    verdict: Verdict
    confidence: Annotated[float, Field(ge=0, le=1)]
    quotes: list[QuoteOut]
    nearest: list[ArticleTitle]
    took_ms: float
    reply: Annotated[str, Field(description="the words to show where the verdict is talk, else empty")]
    cards: list[CardOut]
    listed: Annotated[list[ArticleTitle], Field(description="the articles that the reply speaks of")]
    parts: Annotated[list[AnswerOut], Field(description="the answers to the questions of one line, in order")]
    choices: Annotated[
        list[ChoiceOut],
        Field(
            description="asked back by the reply where articles of two places or years answer equally well"
        ),
    ]


class ServiceStatus(BaseModel):
    """`warnings`: what an operator should look at though questions are answered."""

    status: str
    warnings: list[str] = []


class WrongField(BaseModel):
    pointer: str
    detail: str


class ProblemOut(BaseModel):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongField] = []


def problem_responses(*statuses: int) -> dict[int | str, dict[str, object]]:
    """FastAPI's `responses` for these statuses, each with problem details."""
    schema = ProblemOut.model_json_schema()
    # As a schema of its own it could not be referenced from the service's description.
    schema["properties"]["errors"]["items"] = schema.pop("$defs")["WrongField"]
    content = {"application/problem+json": {"schema": schema}}
    return {status: {"description": "a problem", "content": content} for status in statuses}
