import { type CommandParser, defineScript } from '@redis/client';
import { type BucketTake, bucketKey, type DayCount, type DayTake, dayKey } from './shared-counters.ts';
import { bucketCapacity } from './token-bucket.ts';

/** What a script answers when it is not the count of a day that has reached its limit. */
export const TAKEN = -1;
export const OVER_RATE = -2;
export const UNKNOWN = -3;

const SECONDS_A_DAY = 86_400;

const RESERVE = `
local function reserve(key, limit)
  local count = tonumber(redis.call('get', key))
  if not count then return ${UNKNOWN} end
  if count + 1 > limit then return count end
  redis.call('incr', key)
  return ${TAKEN}
end
`;

/** One step of the bucket at KEYS[1]; then a place in the day at KEYS[2], where there is one. */
const TAKE = `${RESERVE}
local now, rate, capacity = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local state = redis.call('hmget', KEYS[1], 'tokens', 'last_replenished')
local tokens, last = tonumber(state[1]) or capacity, tonumber(state[2]) or now
local added = math.floor(math.max(0, now - last) * rate / 60)
if added > 0 then last = last + added * 60 / rate end
tokens = math.max(math.min(tokens + added, capacity) - 1, 0)
redis.call('hset', KEYS[1], 'tokens', tokens, 'last_replenished', string.format('%.17g', last))
if tokens < 1 then return ${OVER_RATE} end
if not KEYS[2] then return ${TAKEN} end
return reserve(KEYS[2], tonumber(ARGV[4]))
`;

const RELEASE = `
local count = tonumber(redis.call('get', KEYS[1]))
if count and count > 0 then redis.call('decr', KEYS[1]) end
`;

const asNumber = (reply: unknown) => Number(reply);

/** Scripts as the client's commands: by their hash, and in full where the server does not know it. */
export const SCRIPTS = {
  take: defineScript({
    SCRIPT: TAKE,
    parseCommand: (parser: CommandParser, nowSeconds: number, bucket: BucketTake, day: DayTake | null) => {
      const keys = [bucketKey(bucket), ...(day ? [dayKey(day)] : [])];
      parser.pushKeysLength(keys);
      parser.push(String(nowSeconds), String(bucket.ratePerMinute), String(bucketCapacity(bucket.ratePerMinute)));
      if (day) parser.push(String(day.limit));
    },
    transformReply: asNumber,
  }),
  reserve: defineScript({
    SCRIPT: `${RESERVE} return reserve(KEYS[1], tonumber(ARGV[1]))`,
    NUMBER_OF_KEYS: 1,
    parseCommand: (parser: CommandParser, day: DayTake) => {
      parser.pushKey(dayKey(day));
      parser.push(String(day.limit));
    },
    transformReply: asNumber,
  }),
  begin: defineScript({
    SCRIPT: `redis.call('set', KEYS[1], ARGV[1], 'NX', 'EX', ${SECONDS_A_DAY})`,
    NUMBER_OF_KEYS: 1,
    parseCommand: (parser: CommandParser, day: DayCount, count: number) => {
      parser.pushKey(dayKey(day));
      parser.push(String(count));
    },
    transformReply: () => {},
  }),
  release: defineScript({
    SCRIPT: RELEASE,
    NUMBER_OF_KEYS: 1,
    parseCommand: (parser: CommandParser, day: DayCount) => parser.pushKey(dayKey(day)),
    transformReply: () => {},
  }),
};
