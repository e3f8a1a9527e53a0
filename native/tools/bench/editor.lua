--- The Neovim part of the benchmark, run in Neovim: editor.lua FILE. A child opens the file with
--- the plugin and without, and is worked by keys; what is measured is printed as lines of "name
--- value". Times are those of the child's processor, so that a busy machine lengthens none of them
--- much; but for the first labels, which are waited for.
-- luacheck: read globals vim
package.path = "?.lua;" .. package.path
local children = require("tests.editor.child")

local FILE = arg[1]

--- How often each thing is done.
local STARTS, KEYS, PAGES = 31, 400, 100

--- How long the background work is watched, in milliseconds.
local WATCHED = 15000

local TYPED = "and she said that it would be open in May, as Ana Ruiz had told them. "

local function print_value(name, value)
  io.write(("%s %.6g\n"):format(name, value))
end

local function percentile(times, share)
  table.sort(times)
  return times[math.max(1, math.ceil(#times * share))]
end

--- The time that sourcing plugin/ takes, and that its maps take a turn of the main loop later, in
--- milliseconds: the medians of as many starts.
local function measure_sourcing()
  local sourcing, mapping = {}, {}
  for i = 1, STARTS do
    local child = children.start({ before = "vim.g.loaded_whosaid = true" })
    local times = child:lua([[
      vim.g.loaded_whosaid = nil
      local begun = os.clock()
      vim.cmd.source("plugin/whosaid.lua")
      local sourced = os.clock()
      vim.wait(1000, function()
        return vim.fn.maparg("<Plug>(whosaid-next)") ~= ""
      end)
      return { (sourced - begun) * 1000, (os.clock() - sourced) * 1000 }
    ]])
    sourcing[i], mapping[i] = times[1], times[2]
    child:stop()
  end
  print_value("sourcing", percentile(sourcing, 0.5))
  print_value("mapping", percentile(mapping, 0.5))
end

local function open(child)
  child:command("set synmaxcol=200 | edit " .. vim.fn.fnameescape(FILE))
  child:command("redraw")
end

--- The time from attaching to the first label, in milliseconds, and then the longest that the
--- processor is held between two turns of the main loop.
local function measure_first_labels(child)
  local first = child:lua([[
    local namespace = vim.api.nvim_create_namespace("whosaid.labels")
    local begun = vim.uv.hrtime()
    vim.cmd("Whosaid enable")
    vim.wait(20000, function()
      vim.cmd.redraw()
      return #vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { limit = 1 }) > 0
    end, 1)
    return (vim.uv.hrtime() - begun) / 1e6
  ]])
  print_value("first-labels", first)
end

--- Has the child note the longest that a turn of its main loop holds the processor.
local function watch_holds(child)
  child:lua([[
    local last, timer = os.clock(), vim.uv.new_timer()
    longest_hold = 0
    timer:start(0, 1, function()
      local now = os.clock()
      longest_hold = math.max(longest_hold, now - last)
      last = now
    end)
  ]])
end

local function longest_hold(child)
  return child:lua("local held = longest_hold longest_hold = 0 return held * 1000")
end

local function is_ready(child)
  return child:lua([[
    local session = require("whosaid.session").get(vim.api.nvim_get_current_buf())
    return session == nil or session.ready
  ]])
end

--- Waits for the background work, at most as long as it is watched.
local function measure_holds(child)
  watch_holds(child)
  vim.wait(WATCHED, function()
    return is_ready(child)
  end, 50)
  print_value("hold", longest_hold(child))
end

--- Has the child note, for each key, what its processor does from the key's coming to the end of
--- the redraw that shows it.
local function watch_keys(child)
  child:lua([[
    local came
    key_times = {}
    vim.on_key(function()
      came = os.clock()
    end)
    local namespace = vim.api.nvim_create_namespace("bench")
    vim.api.nvim_set_decoration_provider(namespace, {
      on_end = function()
        if came then
          table.insert(key_times, (os.clock() - came) * 1000)
          came = nil
        end
      end,
    })
  ]])
end

--- Types a key as often as asked for. Returns what each took until it was shown, and what it took
--- with all that followed on it, in milliseconds.
local function work_by_keys(child, count, key_at)
  local all = {}
  child:lua("key_times = {}")
  for i = 1, count do
    local before = child:lua("return os.clock()")
    vim.rpcrequest(child.channel, "nvim_input", key_at(i))
    child:command("redraw")
    vim.wait(8)
    all[i] = (child:lua("return os.clock()") - before) * 1000
  end
  return child:lua("return key_times"), all
end

local function print_times(name, suffix, times)
  print_value(name .. "-median" .. suffix, percentile(times, 0.5))
  print_value(name .. "-99th" .. suffix, percentile(times, 0.99))
end

local function measure_keys(child, suffix)
  watch_keys(child)
  child:command("normal! 200G")
  child:command("redraw")
  vim.rpcrequest(child.channel, "nvim_input", "o")
  local keys, all = work_by_keys(child, KEYS, function(i)
    local at = (i - 1) % #TYPED + 1
    return TYPED:sub(at, at)
  end)
  print_times("key", suffix, keys)
  print_times("all", suffix, all)
  vim.rpcrequest(child.channel, "nvim_input", "<Esc>")
  child:command("normal! gg")
  local pages = work_by_keys(child, PAGES, function()
    return "<C-f>"
  end)
  print_times("page", suffix, pages)
end

measure_sourcing()
local plain = children.start()
open(plain)
measure_keys(plain, "-without")
plain:stop()
local labelled = children.start()
open(labelled)
measure_first_labels(labelled)
measure_holds(labelled)
longest_hold(labelled)
measure_keys(labelled, "")
print_value("hold-typing", longest_hold(labelled))
labelled:stop()
vim.cmd("qa!")
