--- With labels on, every key writes what it writes with labels off. Each case is played as a macro
--- is (nothing is drawn between the keys) and as it is typed (the screen is drawn after each).
local child = require("tests.editor.child")

local COPY = {
  "“We have patched that bridge,” Okafor said. “The steel is tired, and so are we.”",
  "Marsh said ferries would run every ten minutes by May.",
  "“No one is here,” Vogt said. “The bridge is, though not for long.” And words behind.",
  "Plain words stand here and no label at all, not one.",
  "“Good riddance to the bridge,” Marsh said. “Nobody asked us about it.”",
  "Vogt said the last of them would come.",
}

local NARROW = ":set textwidth=30<CR>"

local CASES = {
  {
    what = "typing past textwidth",
    NARROW .. "A more words and yet more<Esc>",
    NARROW .. "oalpha beta gamma delta epsilon zeta eta theta<Esc>",
    NARROW .. "ialpha beta <Down>gamma delta <Down>epsilon<Esc>",
    ":set wrapmargin=60<CR>A more words and yet more<Esc>",
    NARROW .. ":set formatoptions+=a<CR>ix <Esc>wx",
    NARROW .. ":noautocmd normal! A more words and yet more<CR>",
    NARROW .. "A more words and yet more<Esc>jj.",
  },
  {
    what = "formatting",
    NARROW .. "gqip",
    NARROW .. "gwap",
    NARROW .. "gqq",
    NARROW .. "Vjjgq",
    NARROW .. "Vjgw",
    NARROW .. "gq/riddance<CR>",
    NARROW .. ":normal! gwj<CR>",
    NARROW .. ":let @q = 'jgqqj.'<CR>@q",
    NARROW .. ":set formatexpr=v:count<CR>gqip",
    NARROW .. ":set formatprg=fmt\\ -w\\ 40<CR>gqip",
  },
  {
    what = "a block",
    "<C-v>jjr2",
    "<C-v>jr2jj.",
    "<C-v>jj$Axx<Esc>",
    "w<C-v>jIxx<Esc>",
    "w<C-v>jjcxx<Esc>4G.",
    "w<C-v>jd",
    "w<C-v>jyp",
    "ww<C-v>jy3gg0wp",
    "w<C-v>3jy5G$p",
    "w<C-v>j>j.",
    "w<C-v>jd<Esc>:normal! 3Gp<CR>",
    "<C-v>jd3Ggvr-",
    "w<C-v>j2lUgvd",
    "wgRabcdef<Tab>x<Esc>",
  },
  {
    what = "a filter",
    ":%!cat<CR>",
    ":%!fmt -w 40<CR>",
    "!jsort<CR>",
    ":%!cat<CR>u<C-r>",
    ":%sort<CR>",
    "yyVGp",
    "ggyGVGpx",
  },
  {
    what = "undo and redo",
    "ddpux",
    "ddjddkuuu<C-r>",
    ":%s/s/ss/g<CR>u<C-r>u",
    "xxxu<C-r>:undo 0<CR>",
  },
  {
    what = "joins, moves and substitutions",
    "JJ",
    "wgJx",
    ":m$<CR>",
    ":3m0<CR>u",
    ":%s/s/ss/g<CR>",
    ":g/said/m0<CR>",
    ":g/said/normal! wwjx<CR>",
    "jjjyyp",
  },
  {
    what = "repeats and macros",
    "ixx<Esc>jj.",
    "qqwxj0q3@q",
    "gUiwjj.",
    "wwjjA<Down>x<Esc>",
  },
  {
    what = "motions by column",
    "wwjjxkx",
    "20|x",
    "wwGx",
    "3Gwwggx",
    "wwddix<Esc>",
    "3GwwwVjdix<Esc>",
    "wwww:4<CR>ix<Esc>",
    ":set virtualedit=all<CR>wwj4lix<Esc>",
    ":set virtualedit=all<CR>lix<Esc>llrz",
    ":set startofline<CR>ww3Gkx",
    "A (so)<Esc>0%jx",
    "i<Tab>x<Esc>0<C-v>jlr-",
  },
  {
    what = "what Insert mode takes from above, below and the margin",
    "jA<C-y><C-e><Esc>",
    ":4<CR>wwi<C-y><C-y><C-e><Esc>",
    ":set softtabstop=4 expandtab<CR>wi<Tab>y<Esc>",
    "i<Tab><Esc>jI<Tab>x<BS><BS><Esc>",
    "wi<C-v>u2014 <Esc>",
  },
}

--- What is strung together at random; each begins and ends in Normal mode.
local WORDS = {
  "j", "k", "3l", "w", "b", "$", "0", "G", "gg", "}", "%", "20|", "fe", ";", "``",
  "x", "dd", "dw", "d2j", "D", "J", "gJ", "2J", "yyp", "yiw", "P", "p", "viwp", "~", "r-", ">>",
  "ixy <Esc>", "A and so on and so on<Esc>", "onew words<Esc>", "cwab<Esc>", "Rab<Esc>",
  "i<Tab>x<Esc>", "i<C-y><C-e><Esc>", "i<Down>z<Up>q<Esc>", "a<BS><BS><Esc>", "Ixy <Esc>",
  "<C-v>jd", "<C-v>jy", "<C-v>jlr-", "<C-v>jIxx<Esc>", "<C-v>j$Axx<Esc>", "vjd", "Vjd", "gvy",
  "gqq", "gwap", "gqip", "u", "<C-r>", ".", "2.", ":m$<CR>", ":s/e/ee/e<CR>", ":normal! jx<CR>",
}

local SETTINGS = {
  "textwidth=30",
  "textwidth=40 formatoptions+=a",
  "softtabstop=4 expandtab",
  "virtualedit=all",
  "startofline",
  "wrapmargin=60",
}

describe("With labels on", function()
  local plain, labelled

  setup(function()
    plain, labelled = child.start(), child.start()
    labelled:label(COPY)
  end)

  teardown(child.stop_all)

  --- The copy after `keys`, in a buffer of its own that forgets what the case before did.
  local function after(neovim, keys, way)
    neovim:command("set textwidth& wrapmargin& softtabstop& expandtab& virtualedit& startofline&")
    neovim:command("enew! | set formatoptions& formatexpr& formatprg&")
    neovim:set_lines(COPY)
    neovim:command("normal! gg0")
    if neovim == labelled then
      neovim:command("Whosaid enable")
      neovim:settle()
      assert.equal(8, #neovim:labels())
    end
    neovim[way](neovim, keys)
    neovim:feed("<C-\\><C-n>")
    return neovim:lines()
  end

  for _, case in ipairs(CASES) do
    for _, keys in ipairs(case) do
      it(("%s leaves the bytes that it leaves without: %s"):format(case.what, keys), function()
        for _, way in ipairs({ "feed", "type" }) do
          assert.same(after(plain, keys, way), after(labelled, keys, way), way)
        end
      end)
    end
  end

  it("keys strung together at random leave the bytes that they leave without", function()
    local seed = tonumber(vim.env.WHOSAID_SEED) or 3
    math.randomseed(seed)
    for _ = 1, 60 do
      local keys = { (":set %s<CR>"):format(SETTINGS[math.random(#SETTINGS)]) }
      for i = 2, math.random(4, 10) do
        keys[i] = WORDS[math.random(#WORDS)]
      end
      local all = table.concat(keys)
      local way = math.random(2) == 1 and "feed" or "type"
      local said = ("seed %d: %s"):format(seed, all)
      assert.same(after(plain, all, way), after(labelled, all, way), said)
    end
  end)

  it("the user's way to format stays the user's", function()
    labelled:command("enew! | set formatexpr=Mine() formatprg=fmt")
    labelled:label(COPY)
    labelled:command("Whosaid disable")
    assert.equal("Mine() fmt", labelled:lua("return vim.o.formatexpr .. ' ' .. vim.o.formatprg"))
  end)
end)
