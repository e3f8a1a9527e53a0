-- Runs busted on the specs named as arguments, from the checkout's root, in whichever Lua runs
-- this file: lua5.4, luajit or `nvim -l`. `require "whosaid.native"` finds the module built for it.
local modules = _VERSION == "Lua 5.4" and "./build/lua5.4/?.so" or "./lua/?.so"
package.path = "./lua/?.lua;./lua/?/init.lua;./?.lua;" .. package.path
package.cpath = modules .. ";" .. package.cpath

require("busted.runner")({ standalone = false })
