"""Every word that the program says to a visitor, in each of its languages: one module a subject.

from bot import messages

messages.TITLE.to("en")  # "Yuanwen"
"""

from bot.messages.answer import *
from bot.messages.article import *
from bot.messages.message import Message as Message
from bot.messages.page import *
from bot.messages.small_talk import *
from bot.messages.standing import *
from bot.messages.trouble import *
from bot.messages.widget import *
