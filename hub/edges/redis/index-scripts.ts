import type { Script } from './client.ts'

/**
 * A bucket is a hash. Its field '' is the mark: the generation, and the run of the server that it was made in. Whatever makes the bucket lose
 * something (FLUSHALL, eviction, a restart from an older file, another node that takes over) takes the mark along or has another run.
 * A further field per key: the registrations that carry it, spaces between them, and `+n` behind them when there are n more than a block holds, each
 * of whom has a field of its own.
 */
const MARK = `
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local mark = ARGV[1] .. ':' .. run
`

const CHECKED = `${MARK}
for i = 1, #KEYS do
  if redis.call('HGET', KEYS[i], '') ~= mark then return false end
end
`

const BLOCK = `
local function read(bucket, key)
  local block = redis.call('HGET', bucket, key) or ''
  local at = string.find(block, '+', 1, true)
  if not at then return block, 0 end
  return string.sub(block, 1, math.max(at - 2, 0)), tonumber(string.sub(block, at + 1))
end
local function write(bucket, key, listed, more)
  if more > 0 then listed = listed .. ' +' .. more end
  if listed == '' then redis.call('HDEL', bucket, key) else redis.call('HSET', bucket, key, listed) end
end
local function holds(listed, seq)
  return string.find(' ' .. listed .. ' ', ' ' .. seq .. ' ', 1, true)
end
`

/** Empties buckets and marks them as of a generation. ARGV: generation. */
export const BEGIN: Script = {
  name: 'indexBegin',
  lua: `${MARK}
for i = 1, #KEYS do
  redis.call('UNLINK', KEYS[i])
  redis.call('HSET', KEYS[i], '', mark)
end
return 1`,
}

/** Nil when a bucket is not as it was left. ARGV: generation, longest block; then bucket (its place in KEYS), key, registration, over and over. */
export const ADD: Script = {
  name: 'indexAdd',
  lua: `${CHECKED}${BLOCK}
local max = tonumber(ARGV[2])
for i = 3, #ARGV, 3 do
  local bucket, key, seq = KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]
  local listed, more = read(bucket, key)
  if listed == '' then write(bucket, key, seq, more)
  elseif not holds(listed, seq) and (more == 0 or redis.call('HEXISTS', bucket, key .. ' ' .. seq) == 0) then
    local _, spaces = string.gsub(listed, ' ', '')
    if spaces + 1 < max then write(bucket, key, listed .. ' ' .. seq, more)
    else
      redis.call('HSET', bucket, key .. ' ' .. seq, '')
      write(bucket, key, listed, more + 1)
    end
  end
end
return 1`,
}

/** As ADD, the other way round. ARGV: generation; then bucket, key, registration, over and over. */
export const REMOVE: Script = {
  name: 'indexRemove',
  lua: `${CHECKED}${BLOCK}
for i = 2, #ARGV, 3 do
  local bucket, key, seq = KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]
  local listed, more = read(bucket, key)
  if redis.call('HDEL', bucket, key .. ' ' .. seq) == 1 then write(bucket, key, listed, more - 1)
  elseif holds(listed, seq) then
    local left = {}
    for other in string.gmatch(listed, '%d+') do
      if other ~= seq then left[#left + 1] = other end
    end
    write(bucket, key, table.concat(left, ' '), more)
  end
end
return 1`,
}

/** The block of each key, as it stands. Nil as with ADD. ARGV: generation; then bucket, key, over and over. */
export const FIND: Script = {
  name: 'indexFind',
  lua: `${CHECKED}
local blocks = {}
for i = 2, #ARGV, 2 do
  blocks[#blocks + 1] = redis.call('HGET', KEYS[tonumber(ARGV[i])], ARGV[i + 1]) or ''
end
return blocks`,
}
