"""The example: gemeente Wilgenrade, its people and what happened there in the last two months. All of it is made up.

people.py          who works here, and the partners
bakelaar.py ...    one chapter each: data only, in the order in which it happened
steps/             what can happen in a chapter: each step is one verb of an `actions.py`
fresh.py           what comes in today
days.py            T-42 becomes a real working day
secrets.py         addresses and codes that stay the same on one machine
loader.py          plays the chapters
"""
