"""Greetings, thanks and the like: what is said to the bot and asks nothing of the articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from bot import messages
from bot.language import Language, detect_language
from index.terms import HAN_CHARACTER, fold

__all__ = ["LISTED", "SmallTalk", "reply", "small_talk", "talk_language"]

SmallTalk = Literal["greeting", "thanks", "goodbye", "who", "help", "noted"]

LONGEST = 60  # characters; nobody greets at greater length
SHOWN = 3  # examples named in a reply

LISTED = "· "
"""What a line of a reply begins with that is a question to ask."""

# Folded, "您" as "你", with "_" between words: Traditional, full-width and capital forms need no entry.
# In the order of their weight: "你好,谢谢,你是谁" asks who the bot is. Slips and sound-alikes are listed,
# not guessed: one letter beside "thanks" lie "tanks". What may lean on an answer is left out: "怎么用?"
PHRASES: Mapping[SmallTalk, str] = {
    "who": """
        你是谁 你谁 你是哪位 你是随 你是水 你是什么 你是啥 你是什么东西 你是干什么的 你是干嘛的
        你是做什么的 你叫什么 你叫什么名字 你叫啥 你的名字 你的名字是什么 你是机器人 你是机器人吗
        你是真人吗 你是人吗 你是人工智能吗 你是ai吗 你是人还是机器 你是人还是机器人 介绍一下你自己
        介绍下你自己 介绍一下自己 自我介绍 自我介绍一下 你是谁开发的 转人工 人工客服 人工服务 我要人工
        我要转人工 who_are_you who_r_u who_are_u what_are_you what_is_your_name whats_your_name your_name
        are_you_a_robot are_you_human are_you_a_human are_you_real are_you_a_bot are_you_an_ai are_you_ai
        are_you_a_person are_you_a_real_person introduce_yourself tell_me_about_yourself who_made_you
        what_is_yuanwen
    """,
    "help": """
        帮助 帮帮我 帮我 帮忙 帮个忙 帮一下忙 求助 使用帮助 我要帮助 我需要帮助 需要帮助 请求帮助
        你能帮我吗 你能帮我什么 你能帮我做什么 能帮我吗 你可以帮我吗 你能做什么 你能干什么 你能干嘛
        你能干啥 你会什么 你会做什么 你会干什么 你会啥 你能做啥 你可以做什么 你能回答什么 你能回答什么问题
        你可以回答什么问题 能问什么 能问你什么 能问些什么 可以问什么 可以问你什么 可以问些什么 我能问什么
        我能问你什么 我能问些什么 我可以问什么 我可以问你什么 我该问什么 你有什么功能 你有什么用
        你都知道什么 你知道什么 你懂什么 怎么提问 如何提问 使用说明 菜单 你有哪些功能 help help_me helpme
        hlep helpp hepl i_need_help i_need_some_help need_help can_you_help can_you_help_me
        could_you_help_me what_can_you_do what_can_u_do what_do_you_do what_do_you_know what_can_i_ask
        what_can_i_ask_you what_should_i_ask how_does_this_work how_do_i_use_this how_to_use_this
        how_do_you_work what_can_you_answer what_can_you_tell_me how_can_you_help how_can_you_help_me
        instructions menu
    """,
    "thanks": """
        谢谢 谢 谢了 谢啦 多谢 感谢你 感激 谢榭 榭榭 蟹蟹 谢谢你 谢谢帮助 谢谢你的帮助 感谢 感谢你的帮助
        感谢帮助 谢谢帮忙 麻烦了 麻烦你了 辛苦了 辛苦 太好了 真好 真棒 你真棒 太棒了 棒 赞 点赞 厉害 有用
        很有用 有帮助 很有帮助 xiexie xie_xie 3q 3ku thx thanks thank_you thankyou thank_u thank thnaks
        thnks thanx ty tysm many_thanks cheers much_appreciated appreciate_it great perfect awesome
        very_good good_job well_done nice cool for_the_help for_your_help for_helping_me for_your_time
    """,
    "goodbye": """
        再见 在见 再建 再会 拜拜 拜 掰掰 白白 晚安 回头见 下次见 回见 明天见 走了 我走了 先走了 88 886
        zaijian zai_jian baibai bye byebye goodbye good_bye goodby see_you see_ya cya farewell good_night
        have_a_good_day have_a_nice_day take_care
    """,
    "greeting": """
        你好 妳好 你们好 大家好 你号 妮好 尼好 拟好 逆好 你豪 泥嚎 你好吗 嗨 嘿 哈喽 哈罗 哈啰 喂 哎 早
        早安 早上好 上午好 中午好 下午好 晚上好 午安 在吗 在么 在不在 在嘛 有人吗 有人在吗 有人么 新年好
        过年好 节日快乐 新年快乐 春节快乐 请问 请问一下 请教 请教一下 问一下 我想问一下 想问一下 我想问问
        我想问 我有问题 我有个问题 有个问题 我想问个问题 问个问题 我能问个问题吗 可以问个问题吗 可以问吗
        测试 测试一下 吃了吗 吃了没 好久不见 很高兴认识你 哈 nihao ni_hao hi hello helo hallo hullo hellow
        hey hiya heya howdy greetings good_morning good_afternoon good_evening good_day how_are_you
        how_are_you_doing how_r_u hows_it_going whats_up nice_to_meet_you anybody_there anyone_there
        is_anyone_there are_you_there i_have_a_question can_i_ask_a_question can_i_ask_you_a_question test
        testing
    """,
    "noted": """
        好 好的 好吧 好嘞 好滴 好哒 好了 行 行了 嗯 嗯嗯 恩 哦 噢 对 对的 是的 知道了 我知道了 明白 明白了
        我明白了 懂了 我懂了 了解 了解了 收到 没事 没事了 没有了 没了 没问题 没问题了 不用 不用了 不需要
        不客气 没关系 不好意思 对不起 抱歉 原来如此 原来是这样 这样啊 ok okay okey okk k kk fine alright
        all_right got_it i_see i_understand understood noted sure yes yep yeah no nope sorry no_problem
        no_worries you_are_welcome youre_welcome nothing nothing_else thats_all that_is_all
    """,
}
# Said beside the phrases, and nothing by themselves.
BESIDE = """
    啊 呀 呢 哟 呦 哦 噢 哈 哇 吧 嘛 啦 喽 咯 呗 呐 滴 哒 了 的 你 我 请 那 那么 就 先 也 又 很 非常 太
    十分 真 真的 真是 都 亲 亲爱的 小助手 助手 机器人 小编 客服 老师 同志 朋友 师傅 大家 原文 一下 you u
    so very much a_lot alot and there again then now please pls sir madam friend everyone all guys bot
    robot dear well oh um hm really yuanwen
"""

REPLIES: Mapping[SmallTalk, messages.Message] = {
    "who": messages.WHO,
    "help": messages.HELP,
    "thanks": messages.WELCOME_THANKS,
    "goodbye": messages.GOODBYE,
    "greeting": messages.GREETING,
    "noted": messages.NOTED,
}
WITH_EXAMPLES = {"who", "help", "greeting"}

_KIND = {phrase: kind for kind, phrases in PHRASES.items() for phrase in phrases.split()}
_LETTER = "a-z0-9"
_PART = re.compile(
    "|".join(
        re.sub(
            f"^(?=[{_LETTER}])", f"(?<![{_LETTER}])", re.sub(f"(?<=[{_LETTER}])$", f"(?![{_LETTER}])", part)
        )
        for part in sorted([*_KIND, *BESIDE.split()], key=len, reverse=True)
    )
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")  # "helloooo", "嗯嗯嗯"
_APOSTROPHE = re.compile("['’]")
_BETWEEN = re.compile(r"[\W_]+")


def small_talk(question: str) -> SmallTalk | None:
    """What kind of small talk the whole of a question is, None where anything in it may ask for more.

    "您好!谢谢啦~" -> "thanks", "你好,请问医保怎么交?" -> None
    """
    letters = "_".join(_BETWEEN.split(_APOSTROPHE.sub("", fold(question)))).replace("您", "你")
    if len(letters) > LONGEST:
        return None
    letters = _DRAWN_OUT.sub(r"\1", letters)
    kinds = {_KIND[part] for part in _PART.findall(letters) if part in _KIND}
    if _PART.sub("", letters).strip("_"):
        return None
    return next((kind for kind in PHRASES if kind in kinds), None)


def talk_language(words: str, history: Sequence[str]) -> Language:
    """The language to reply in to small talk; `history` holds the earlier questions, oldest first.

    "OK" and "hi" are said in every language, so what was asked before tells; "3Q" and "88" are Chinese.
    """
    if HAN_CHARACTER.search(words):
        return detect_language(words)
    if history:
        return detect_language(history[-1])
    return "zh-Hans" if any(c.isdigit() for c in words) else detect_language(words)


def reply(kind: SmallTalk, language: Language, examples: Sequence[str]) -> str:
    """The fixed words for small talk of that kind; who greets or asks for help is told what can be asked."""
    words = REPLIES[kind].to(language)
    if kind not in WITH_EXAMPLES or not examples:
        return words
    return "\n".join([words, messages.ASK_LIKE.to(language), *(LISTED + one for one in examples[:SHOWN])])
