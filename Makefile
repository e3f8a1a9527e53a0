# make         the module for Neovim and, where Lua 5.4 is installed, the command line build/whosaid
# make demo    a sample article in Neovim, labels on
# make test    every test; its parts are test-setup, test-native, test-luajit, test-copy,
#              test-editor and lint, and ONLY=tests/native/text_spec.lua runs one file of a part
# make model CORPUS=FOLDER  learns the model anew from a corpus in brat standoff form (some minutes)
# make format  lays out the C sources
# make accuracy CORPUS=FOLDER  how well the engine does on such a corpus (doc/accuracy.md);
#              ARTICLE=name or ERRORS=20 print errors, SWAP=1 gives its people other names
# make bench   how fast it is and how much memory it takes (doc/performance.md)
# make bench-review  how long the review of an article with 2,000 items takes
# make soak    100,000 random edits, and after each the analysis as if the text were read anew

CFLAGS ?= -O3 -g
LUA ?= lua5.4
LUAJIT ?= luajit
PREFIXES := /usr /usr/local /opt/homebrew
LUAJIT_INCLUDE ?= $(firstword $(wildcard $(PREFIXES:=/include/luajit-2.1)))
LUA_INCLUDE ?= $(firstword $(wildcard $(PREFIXES:=/include/lua5.4) $(PREFIXES:=/include/lua-5.4)))
export LUA LUAJIT

all:

# The demo and the tests install what they need before anything below looks for it.
ifneq ($(filter demo test test-% lint format,$(MAKECMDGOALS)),)
ifneq ($(shell LUA=$(LUA) LUAJIT=$(LUAJIT) tests/setup/packages >&2 || echo no),)
$(error not started)
endif
endif

# What only the build needs is looked for when something is built.
ifneq ($(filter-out clean format lint,$(or $(MAKECMDGOALS),all)),)
ifeq ($(shell command -v $(CC)),)
$(error a C compiler is missing: apt install gcc libc6-dev, dnf install gcc, pacman -S gcc or \
  xcode-select --install)
endif
ifeq ($(LUAJIT_INCLUDE),)
$(error the LuaJIT headers are missing: apt install libluajit-5.1-dev, dnf install luajit-devel, \
  pacman -S luajit or brew install luajit)
endif
ifeq ($(wildcard $(PREFIXES:=/include/pcre2.h)),)
$(error the PCRE2 headers are missing: apt install libpcre2-dev, dnf install pcre2-devel, \
  pacman -S pcre2 or brew install pcre2)
endif
ifeq ($(LUA_INCLUDE),)
$(info the Lua 5.4 headers are missing, so the command line is left out: apt install liblua5.4-dev)
endif
endif

# Clang warns of `&` between conditions, which is how they are asked without a branch.
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wcast-align \
  -Wdisabled-optimization -Wmissing-declarations -Wmissing-prototypes -Wold-style-definition \
  -Wpointer-arith -Wredundant-decls -Wstrict-prototypes -Wundef -Wvla -Wwrite-strings \
  -Wno-bitwise-instead-of-logical
COMPILE = $(CC) -std=c11 $(WARNINGS) -fPIC -fvisibility=hidden -MMD -MP $(CPPFLAGS) $(CFLAGS)
HOST_COMPILE = $(CC) -std=c11 $(WARNINGS) -MMD -MP $(CPPFLAGS) $(CFLAGS)

# The engine's files call one another at every word, so they are compiled as one where the compiler
# can: a twentieth faster. `make LTO=` links quicker while one works on it.
LTO := $(shell echo 'int main(void) { return 0; }' | $(CC) -flto=auto -x c - -o /dev/null \
  2>/dev/null && echo -flto=auto)
LINK = $(CC) $(LTO) $(LDFLAGS)

# Of all that is linked, only luaopen_whosaid_native is to be seen: PCRE2 is linked whole where its
# archive is there, and its names stay inside.
ifeq ($(shell uname),Darwin)
MODULE_FLAGS := -bundle -undefined dynamic_lookup
else
MODULE_FLAGS := -shared -Wl,--exclude-libs,ALL
endif
PCRE2 := $(or $(filter /%,$(shell $(CC) -print-file-name=libpcre2-8.a)),-lpcre2-8)

# The commonest words come first, so that they stand together in the table.
LEXICON := $(sort $(wildcard native/lexicon/language.txt)) \
  $(filter-out native/lexicon/language.txt,$(wildcard native/lexicon/*.txt))
ENGINE := $(patsubst native/%.c,build/engine/%.o,$(filter-out native/lua.c,$(wildcard native/*.c)))
ENGINE += $(if $(LEXICON),build/engine/lexicon_data.o) build/engine/model_data.o

all: lua/whosaid/native.so
ifneq ($(LUA_INCLUDE),)
all: build/whosaid
endif

lua/whosaid/native.so: build/luajit/lua.o $(ENGINE) | lua/whosaid
build/lua5.4/whosaid/native.so: build/lua5.4/lua.o $(ENGINE) | build/lua5.4/whosaid
lua/whosaid/native.so build/lua5.4/whosaid/native.so:
	$(LINK) $(MODULE_FLAGS) -o $@ $^ $(PCRE2) -lm

build/whosaid: native/cli.lua build/lua5.4/whosaid/native.so
	cp $< $@
	chmod +x $@

# Only the binding is compiled once for each Lua; the engine does not know Lua's headers.
build/luajit/lua.o: native/lua.c | build/luajit
	$(COMPILE) -isystem $(LUAJIT_INCLUDE) -c -o $@ $<

build/lua5.4/lua.o: native/lua.c | build/lua5.4
	$(COMPILE) -isystem $(LUA_INCLUDE) -c -o $@ $<

build/engine/%.o: native/%.c | build/engine
	$(COMPILE) $(LTO) -c -o $@ $<

build/engine/lexicon_data.o: build/lexicon_data.c | build/engine
	$(COMPILE) -Inative -c -o $@ $<

build/engine/model_data.o: build/model_data.c | build/engine
	$(COMPILE) -c -o $@ $<

build/model_data.c: build/embed_model native/model/attribution.bin
	build/embed_model native/model/attribution.bin >$@.part
	mv $@.part $@

build/embed_model: native/tools/embed_model.c | build
	$(HOST_COMPILE) -o $@ $<

build/lexicon_data.c: build/embed $(LEXICON)
	build/embed lexicon $(LEXICON) >$@.part
	mv $@.part $@

build/embed: native/tools/embed.c | build
	$(HOST_COMPILE) -o $@ $<

# The trainer reads texts with the engine's own stages.
TRAINER := $(patsubst %,build/tools/%.o,train learn corpus)

build/tools/%.o: native/tools/%.c | build/tools
	$(HOST_COMPILE) -O3 -Inative -c -o $@ $<

build/train: $(TRAINER) $(ENGINE)
	$(LINK) -o $@ $^ $(PCRE2) -lm

model: build/train
	$(if $(CORPUS),,$(error say which corpus: make model CORPUS=../shared/polnear/train))
	build/train $(CORPUS) native/model/attribution.bin.part
	mv native/model/attribution.bin.part native/model/attribution.bin
	$(MAKE) all

accuracy: build/lua5.4/whosaid/native.so
	$(if $(CORPUS),,$(error say which corpus: make accuracy CORPUS=../shared/polnear/dev))
	@$(LUA) native/tools/accuracy.lua "$(CORPUS)" $(if $(ARTICLE),--article "$(ARTICLE)") \
	  $(if $(ERRORS),--errors $(ERRORS)) $(if $(SWAP),--swap)

BENCH_NVIM = $(or $(wildcard .deps/forky/bin/nvim),$(shell command -v nvim))

# SIZES=100k measures less: any of 1k, 100k, 10M and 100M.
bench: all build/bench/engine
	@NVIM="$(BENCH_NVIM)" $(LUA) native/tools/bench.lua $(SIZES)

bench-review: all
	@$(or $(wildcard .deps/trixie/bin/nvim),nvim) --clean --headless -l native/tools/bench/review.lua

build/bench/engine: build/tools/bench/engine.o $(ENGINE) | build/bench
	$(LINK) -o $@ $^ $(PCRE2) -lm

build/tools/bench/engine.o: native/tools/bench/engine.c | build/tools/bench
	$(HOST_COMPILE) -O3 -Inative -c -o $@ $<

# The engine once more, with sections, steps and paragraphs so short that a small text has many.
SOAK := $(patsubst build/engine/%.o,build/soak/%.o,$(filter-out %_data.o,$(ENGINE)))
SOAK_DEFINES := -DSECTION_MOST=1600u -DSECTION_LEAST=500u -DTEXT_LONGEST_PARAGRAPH=400 \
  -DCUT_STEP=300u

SOAK_READY := build/soak/soak build/soak/scan build/bench/100k-lines.txt \
  build/bench/100k-wrapped.txt

soak: $(SOAK_READY)
	@for style in lines wrapped; do \
	  build/soak/soak $(or $(EDITS),50000) $(or $(SEED),1) build/bench/100k-$$style.txt || exit 1; \
	done

build/soak/soak build/soak/scan: build/soak/%: build/soak/tools/%.o $(SOAK) \
  $(filter %_data.o,$(ENGINE))
	$(CC) $(LDFLAGS) -o $@ $^ $(PCRE2) -lm

build/soak/%.o: native/%.c | build/soak/tools
	$(COMPILE) $(SOAK_DEFINES) -Inative -c -o $@ $<

build/bench/%.txt: native/tools/bench/copy.lua | build/bench
	$(LUA) $< $* >$@

build build/bench build/soak/tools build/tools build/tools/bench build/engine build/luajit \
  build/lua5.4 build/lua5.4/whosaid lua/whosaid:
	mkdir -p $@

-include $(wildcard build/*.d build/*/*.d build/*/*/*.d)

test test-native test-luajit: $(SOAK_READY)

test: all
	@tests/setup/run setup native luajit copy editor lint

test-setup test-native test-luajit test-copy test-editor: all
	@tests/setup/run $(@:test-%=%) $(ONLY)

lint:
	@tests/setup/run lint

format:
	clang-format -i $$(find native -name '*.[ch]')

demo: all
	@tests/setup/demo

clean:
	rm -rf build lua/whosaid/native.so

.PHONY: all model accuracy bench bench-review soak test test-setup test-native test-luajit \
  test-copy test-editor lint format demo clean
.DELETE_ON_ERROR:
