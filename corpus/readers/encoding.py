"""Bytes -> text: detection of the encoding, of Chinese texts as short as a headline too."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from corpus.readers.document import ReaderError

__all__ = ["COMMON_HANS", "COMMON_HANT", "damaged_characters", "decode", "detect"]

COMMON_HANS = (
    "的业人情疫防税工务控企和一行政关市保对作发生在通要有用中部资理等产时区实员办为上公不应医年大进新国地全期定服及以各日物于"
    "加重复机出局管省开力病会月施可费是门方提位个持纳信家支法动场金好策民分点运单报经到毒间体者制项合社障主线品过确供了化强安"
    "小做措冠所现收相展前入肺成炎口染自度学接建下或委面事申能治其设息受状电型规任需查求落同交组缴性护疗导内责指府按免长得网高"
    "本当记式感级据后就增构与院总调外助健第道知目将财台平康优心并联款消严来车专处件系活农集卫备三监告况统北程取条商响营格输险"
    "检急影流海量子共解准传明二基捐次融决多号照减立至我数贷厅由推预证十向利补他排难请具名延如织采赠类职布战天正依快计测从特批"
    "手征限教已最离担结予四领路例效微城切常科值户续还无居广西诊问配额困群使积源打京南协返给登稳置参直放步示这范之原因票近银坚"
    "击包表标隔序改罩先司题药元县众案审约起议干必江极文率万每精客也风价救党除种岗负水料站惠完村善送触根挥少温餐核引育山形技转"
    "房东属们後书投热队认此州意执济清两询选菜域整更购住足超视色低湖研食代贴境再销即享励密华庆署尽被非督身降际速达别节停充注举"
    "环帮印阻暂适患涉五话细央都而果售律录造未紧创列承习室抓说围租便较校称武老比益观退质则付术播断团验见份促留扩止里回首培神辆"
    "春何班失择聚临扶但察扣维存头宣镇乡算米括援突汉权压鼓六王抗旅赛深绿段军训待些赢容该材针获贫许邮违街园介把划养劳师易符副疑"
)
COMMON_HANT = (
    "的國年在為中一大人是和有於了地以後成時民學之不軍會日主與上政發部南西月行多斯北區東而其到來世個出方及對家他這公自法經由市"
    "戰生分用最被作也代同立並要名建動利等海亞文高教開美都爾本重期長內此外新統所德位前因使業力共下可馬過得第州機現城進特但三度"
    "稱至將聯府羅產元定加間拉球治全化當平工電島理物體克山入次華面十通王帝能界權種事合義總灣史制子關朝相量道天原約二里水兩數然"
    "議古基省明著任者設路院士領或員心紀系性族從達語式黨臺起尼則布正車改阿隊英金運河科江小如各保展始港口交提星表比四縣台受場直"
    "安就蘭組實賽向選認接土流些林濟們書傳萬首結巴屬爭影說常洲太計包變已持社格資術卡少形皇維漢司意造際務米擊廣決條報居帶更近歐"
    "線無蘇視還舉商目管派反命據宗武取納品空導蒙程源清香張即兵五陸歷論邦解曾石處許規該攻支很別團韓類境校強亦早點福放鐵較風域列"
    "集又功局括易活指手言收劉夫繼除官字門網普仍非京威初再型奧且龍響應先隨沒神周獲根氣只轉構它宣失殺伊果信興衛光令置今未圖印質"
    "續參級修連樂回溫俄號題群宋製率藝去研完九離央給占引邊敗另往積築獨六倫觀委勢極護圍百革色增塞環協織專聲推示問記致職營投具件"
    "究例農模辦女演木標劃每存單技李速段防復堡慶盟八沙器裝略均降層眾低頭求守整站育波客創白黑票吉督聖佛落容承版終祖僅抗森情打步"
    "半師足烈移哈拜才見止托伯越魯幾洋服遠知片陽便思典身樣親轄破唐必密超塔施君把洛住熱湖兒畫鎮角採死薩火恆希丁控梅候份黃麗漸擁"
)


MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # UTF-32 before UTF-16, whose mark begins UTF-32's
LONGEST_SEEMING = 40  # bytes
SURELY = 2.5  # nearly all characters are among the commonest
REPLACED = "\ufffd"
LEAST_FOREIGN = 20  # characters beyond ASCII; fewer tell no encoding
SOUND_FOR_EACH_BROKEN = 200  # characters
SAMPLE = 16_000  # bytes that are weighed; a newspaper page has about as many
# Encodings that senders state, and the superset with which their bytes are decoded.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "cp950", "iso-8859-1": "cp1252"}
UTF_16 = ("utf-16-le", "utf-16-be")
CHINESE = ("gb18030", "big5hkscs", "cp950", *UTF_16)

COMMON = frozenset(COMMON_HANS + COMMON_HANT)
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》「」『』【】—…·　％～０１２３４５６７８９")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
DOUBTFUL = re.compile("[\ue000-\uf8ff\u3400-\u4dbf\u0250-\u1fff\u2500-\u25ff\U00020000-\U0003ffff]")
FIRST_LEVEL = frozenset(
    bytes((lead, trail)).decode("gb2312")
    for lead in range(0xB0, 0xD8)
    for trail in range(0xA1, 0xFF)
    if (lead, trail) < (0xD7, 0xFA)
) | frozenset(
    bytes((lead, trail)).decode("big5")
    for lead in range(0xA4, 0xC6)
    for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
)


def decode(content: bytes, stated: str = "") -> str:
    """The text of the bytes. `stated` is the encoding that their sender names; it is tried first.

    Where a few characters are cut or damaged, each is U+FFFD and the rest is as it was.

    Raises ReaderError where they are no text in any encoding that is known.
    """
    encoding = _certain(content, stated)
    if not encoding and (text := _damaged(content, stated)):
        return text
    encoding = encoding or _other(content)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise ReaderError(
            "the text is in no encoding that is known; save it as UTF-8 and add it again"
        ) from None


def damaged_characters(content: bytes) -> int:
    """How many characters of a text are cut or damaged, each U+FFFD in what `decode` gives."""
    return 0 if b"\0" in content[:SAMPLE] or _certain(content, "") else _damaged(content, "").count(REPLACED)


def detect(content: bytes, stated: str = "") -> str:
    """The name of the bytes' encoding, for `bytes.decode`: a mark, what is stated, UTF-8, a Chinese one.

    Raises ReaderError where the bytes are no text.
    """
    return _certain(content, stated) or _other(content)


def _certain(content: bytes, stated: str) -> str:
    """As `detect`, by what tells it for certain; "" where nothing does."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    if b"\0" in content[:SAMPLE]:
        return _without_mark(content)
    if _reads(content, "utf-8"):
        return "gb18030" if _only_seems_utf8(content) else "utf-8"
    name = WIDER.get(stated.lower(), stated)
    if name and _reads(content, name):
        return name
    scores = {name: _score(content, name) for name in CHINESE if _reads(content, name)}
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] > 0 else ""


def _damaged(content: bytes, stated: str) -> str:
    """The text of bytes that but for a few are Chinese in one encoding; "" where they are not."""
    for name in dict.fromkeys(("utf-8", WIDER.get(stated.lower(), stated), "gb18030", "big5hkscs")):
        try:
            text = content.decode(name, errors="replace")
        except LookupError:
            continue
        foreign = [char for char in text if char > "\x7f" and char != REPLACED]
        broken = text.count(REPLACED)
        if len(foreign) < LEAST_FOREIGN or broken > 1 + len(foreign) / SOUND_FOR_EACH_BROKEN:
            continue
        if sum(map(_weight, foreign)) / len(foreign) > 1:
            return text.removeprefix("\ufeff")
    return ""


def _only_seems_utf8(content: bytes) -> bool:
    """停水通知 in GB18030 is a row of rare letters in UTF-8; a longer text never is."""
    if len(content) > LONGEST_SEEMING or max(content.decode("utf-8"), default="") >= "\u0800":
        return False
    return _reads(content, "gb18030") and _score(content, "gb18030") >= SURELY


def _reads(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _without_mark(content: bytes) -> str:
    # Zero bytes are half of a space, a digit or 一 in UTF-16; read from the wrong side they are rare signs.
    scores = {name: _score(content, name) for name in UTF_16 if _reads(content, name)}
    best = max(scores, key=lambda name: scores[name], default="")
    if not best or scores[best] < 0 or CONTROLS.search(content[:SAMPLE].decode(best, errors="ignore")):
        raise ReaderError("the file holds zero bytes: it is no text")
    return best


def _score(content: bytes, encoding: str) -> float:
    """How much the text reads like Chinese: the mean over its characters beyond ASCII, from -3 to 3."""
    text = content[:SAMPLE].decode(encoding, errors="ignore")
    foreign = [char for char in text if char > "\x7f"]
    return sum(map(_weight, foreign)) / len(foreign) if foreign else 0.0


def _weight(char: str) -> float:
    if char in COMMON or char in PUNCTUATION:
        return 3.0
    if DOUBTFUL.match(char):
        return -3.0
    return 1.0 if char in FIRST_LEVEL else -1.0


def _other(content: bytes) -> str:
    best = charset_normalizer.from_bytes(content[: 4 * SAMPLE]).best()
    if best is None or not _reads(content, best.encoding):
        raise ReaderError("the text is in no encoding that is known; save it as UTF-8 and add it again")
    return best.encoding
