"""What a ledger asks of Redis: each is one script, which Redis runs at once or not at all.

The time is Redis's own, so that the clocks of clients do not matter, and money is whole
billionths of a dollar. An account is a hash: what is ``taken`` of its limit in the window that
ends at ``until``, where 0 is never. What is reserved is one too: the money, and for each account
the window it was taken from. A set has all that is open, by the time it was reserved.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

__all__ = ["ENDS", "FIND", "LIST", "READ", "RESERVE", "SETTLE", "Script"]


class Script(NamedTuple):
    """A program that Redis has, or is given."""

    text: str
    sha: str


def _script(*parts: str) -> Script:
    text = "\n".join(parts)
    return Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


_WHOLE = "local function whole(number) return string.format('%.0f', number) end"
"""Lua itself would write 1e15 as it stands here, which Redis does not count with."""

_NOW = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
"""

ENDS = """
local function ends(every, now)
  local floor = math.floor
  local size = ({minute = 60, hour = 3600, day = 86400})[every]
  if size then return (floor(now / size) + 1) * size end
  if every == 'ever' then return 0 end
  local day = floor(now / 86400)
  if every == 'week' then return (floor((day + 3) / 7) * 7 + 4) * 86400 end
  -- months: years begin with March here, so that a leap day is their last
  local shifted = day + 719468
  local era = floor(shifted / 146097)
  local of_era = shifted - era * 146097
  local year = floor((of_era - floor(of_era / 1460) + floor(of_era / 36524)
    - floor(of_era / 146096)) / 365)
  local of_year = of_era - (365 * year + floor(year / 4) - floor(year / 100))
  local month = floor((5 * of_year + 2) / 153) + 1
  year = year + floor(month / 12)
  month = month % 12
  return (era * 146097 + year * 365 + floor(year / 4) - floor(year / 100)
    + floor((153 * month + 2) / 5) - 719468) * 86400
end
"""

RESERVE = _script(
    _WHOLE,
    _NOW,
    ENDS,
    """
local open, held = KEYS[1], KEYS[2]
local id, wanted, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
-- a client asks again with the same id when the answer was lost on the way
local again = redis.call('EXISTS', held) == 1
local answer, untils = {1}, {}
for i = 3, #KEYS do
  local every, most = ARGV[2 * i - 2], tonumber(ARGV[2 * i - 1])
  local was = redis.call('HMGET', KEYS[i], 'until', 'taken')
  local ending, taken = tonumber(was[1] or -1), tonumber(was[2] or 0)
  if ending ~= 0 and ending <= now then
    ending, taken = ends(every, now), 0
  end
  if not again then taken = taken + wanted end
  if taken > most and not again then return {0, i - 3} end
  untils[i], answer[i - 1] = whole(ending), taken
end
if again then return answer end
for i = 3, #KEYS do
  redis.call('HSET', KEYS[i], 'until', untils[i], 'taken', whole(answer[i - 1]))
  if untils[i] ~= '0' then redis.call('EXPIREAT', KEYS[i], untils[i]) end
  redis.call('HSET', held, KEYS[i], untils[i])
end
redis.call('HSET', held, '', whole(wanted))
redis.call('EXPIRE', held, keep)
redis.call('ZREMRANGEBYSCORE', open, '-inf', string.format('%.6f', now - keep))
redis.call('ZADD', open, string.format('%.6f', now), id)
redis.call('EXPIRE', open, keep)
return answer
""",
)
"""1 and what is then taken of each account, or 0 and the place of a limit that is passed."""

SETTLE = _script(
    _WHOLE,
    _NOW,
    """
local open, held = KEYS[1], KEYS[2]
local id, spent, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local since, reserved = redis.call('ZSCORE', open, id), redis.call('HGET', held, '')
if not since or not reserved or tonumber(since) <= now - keep then return 0 end
local more = whole(spent - tonumber(reserved))
for i = 3, #KEYS do
  local ending = redis.call('HGET', held, KEYS[i])
  if ending and redis.call('HGET', KEYS[i], 'until') == ending then
    redis.call('HINCRBY', KEYS[i], 'taken', more)
  end
end
redis.call('DEL', held)
redis.call('ZREM', open, id)
return 1
""",
)
"""Whether there was something to settle."""

READ = _script(
    _NOW,
    """
local answer = {}
for i = 1, #KEYS do
  local was = redis.call('HMGET', KEYS[i], 'until', 'taken')
  local ending = tonumber(was[1] or -1)
  answer[i] = 0
  if ending == 0 or ending > now then answer[i] = tonumber(was[2]) end
end
return answer
""",
)
"""What is taken of each account."""

LIST = _script(
    _NOW,
    """
local oldest = string.format('(%.6f', now - ARGV[1])
return redis.call('ZRANGEBYSCORE', KEYS[1], oldest, string.format('%.6f', now - ARGV[2]))
""",
)
"""The ids of what is open, the oldest first."""

FIND = _script(
    """
local answer = {}
for i = 1, #KEYS do answer[i] = redis.call('HGETALL', KEYS[i]) end
return answer
""",
)
"""What is reserved under each key, as a list of names and values."""
