std = "luajit"
max_line_length = 100
exclude_files = { ".deps", "build" }

files["lua"] = { globals = { "vim" } }
files["plugin"] = { globals = { "vim" } }
files["lua/whosaid/meta"] = { unused = false }
files["native"] = { std = "lua54" }
files["native/tools/bench/review.lua"] = { globals = { "vim" } }
files["tests"] = { std = "max+busted", globals = { "vim" } }
