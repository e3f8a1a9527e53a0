--- Is what says 0.9 right nine times in ten? Confidence held against what is right, band by band.

local figures = require("accuracy.figures")
local names = require("accuracy.names")
local readings = require("accuracy.reading")

local M = {}

---@class accuracy.Band
---@field count integer
---@field confidence number  summed
---@field right integer

---@class accuracy.Calibration
---@field attributions accuracy.Band[]  from 1: 0.0-0.1, to 10: 0.9-1.0
---@field quotations accuracy.Band[]
---@field doubted accuracy.Band  names of sources for which another may be meant
---@field undoubted accuracy.Band  the others
local Calibration = {}
Calibration.__index = Calibration

local BANDS <const> = 10
local ALLOWED <const> = 0.05

---@return accuracy.Band
local function empty() return { count = 0, confidence = 0, right = 0 } end

---@return accuracy.Band[]
local function empty_bands()
  local bands = {}
  for index = 1, BANDS do
    bands[index] = empty()
  end
  return bands
end

---@return accuracy.Calibration
function M.new()
  return setmetatable({
    attributions = empty_bands(),
    quotations = empty_bands(),
    doubted = empty(),
    undoubted = empty(),
  }, Calibration)
end

---@param bands accuracy.Band[]
---@param confidence number
---@return accuracy.Band
local function band_of(bands, confidence)
  return bands[math.max(1, math.min(BANDS, confidence * BANDS // 1 + 1))]
end

---@param band accuracy.Band
---@param confidence number
---@param right boolean
local function count(band, confidence, right)
  band.count = band.count + 1
  band.confidence = band.confidence + confidence
  band.right = band.right + (right and 1 or 0)
end

---@param reading accuracy.Reading
function Calibration:add_attributions(reading)
  local right = {}
  for _, match in ipairs(figures.matches(reading)) do
    right[match.ours] = match.source
  end
  for index, relation in ipairs(reading.ours) do
    local said = relation.confidence
    count(band_of(self.attributions, said), said, right[index] or false)
  end
end

---@param analysis whosaid.Analysis
---@param quote whosaid.Quote
---@return whosaid.Attribution? outermost that covers it
local function outermost(analysis, quote)
  local attribution = analysis.attributions[quote.attribution]
  while attribution and attribution.parent do
    attribution = analysis.attributions[attribution.parent]
  end
  return attribution
end

---Right is one with the right source behind it and, where readers named that, the right name.
---@param reading accuracy.Reading
---@param quote whosaid.Quote
function Calibration:add_quotation(reading, quote)
  local attribution = outermost(reading.analysis, quote)
  local inside = attribution
    and #attribution.source > 0
    and figures.measured(reading, quote.start, quote.stop)
  if not inside then return end
  local want = readings.source_of(reading, reading.gold, inside)
  local have = reading.ruler:cover(attribution.source)
  local speaker = reading.analysis.speakers[attribution.speaker]
  local right = want ~= nil
    and reading.ruler:common(want, have) > 0
    and names.fits(reading, want, speaker)
  count(band_of(self.quotations, quote.confidence), quote.confidence, right)
end

---A name that no reader gave is in no band.
---@param reading accuracy.Reading
function Calibration:add_names(reading)
  for _, found in ipairs(names.found(reading)) do
    local attribution = found.attribution
    local right = names.is_right(found.mention, reading.analysis.speakers[attribution.speaker])
    local likeliest = attribution.candidates and attribution.candidates[1]
    if found.mention.name then
      count(likeliest and self.doubted or self.undoubted, likeliest and likeliest.share or 1, right)
    end
  end
end

---@param reading accuracy.Reading
function Calibration:add(reading)
  self:add_attributions(reading)
  self:add_names(reading)
  for _, quote in ipairs(reading.analysis.quotes) do
    self:add_quotation(reading, quote)
  end
end

---@param band accuracy.Band
---@param index integer
---@return string
local function row(band, index)
  local mean, right = band.confidence / band.count, band.right / band.count
  local off = right - mean
  local line = "  %.1f-%.1f  %6d  mean %.3f  right %.3f  %+.3f%s"
  local mark = math.abs(off) > ALLOWED and "  off" or ""
  return line:format((index - 1) / BANDS, index / BANDS, band.count, mean, right, off, mark)
end

---@param title string
---@param bands accuracy.Band[]
---@param lines string[] to add to
local function append(title, bands, lines)
  lines[#lines + 1] = title
  for index = BANDS, 1, -1 do
    if bands[index].count > 0 then lines[#lines + 1] = row(bands[index], index) end
  end
end

---@param self accuracy.Calibration
---@param lines string[] to add to; none where no reader gave a name
local function append_names(self, lines)
  local doubted, undoubted = self.doubted, self.undoubted
  if doubted.count + undoubted.count == 0 then return end
  lines[#lines + 1] = "names of sources, and the share that is right"
  local line = "  %-11s %4d  mean %.3f  right %.3f"
  for _, kind in ipairs({ { "no doubt", undoubted }, { "two or more", doubted } }) do
    local name, band = kind[1], kind[2]
    if band.count > 0 then
      local mean, right = band.confidence / band.count, band.right / band.count
      lines[#lines + 1] = line:format(name, band.count, mean, right)
    end
  end
end

---@return string[]
function Calibration:lines()
  local lines = {}
  append("confidence of attributions, and the share that is right", self.attributions, lines)
  append("confidence of quotations, and the share with the right speaker", self.quotations, lines)
  append_names(self, lines)
  return lines
end

return M
