-- Who is behind a name, a pronoun, a role or a body: seen in the speaker of the last attribution.
local native = require("whosaid.native")

-- The speaker of the last attribution of a text, or nil.
local function speaker(text)
  local analysis = native.analyze(text)
  local last = analysis.attributions[#analysis.attributions]
  return last and last.speaker and analysis.speakers[last.speaker]
end

-- The speaker with that name.
local function named(text, name)
  for _, found in ipairs(native.analyze(text).speakers) do
    if found.name == name then
      return found
    end
  end
end

-- { what is shown, copy, name, kind, role }
local NAMES = {
  { "a full name", "Ana Ruiz said it rained.", "Ana Ruiz", "person" },
  { "a title before", "Mayor Ana Ruiz said it rained.", "Ana Ruiz", "person", "Mayor" },
  { "a short title", "Sen. Tom Okafor said it rained.", "Tom Okafor", "person", "Sen." },
  { "a title of several words",
    "Deputy Prime Minister Ana Ruiz said it rained.", "Ana Ruiz", "person",
    "Deputy Prime Minister" },
  { "a title with of", "Secretary of Agriculture Ana Ruiz said it rained.", "Ana Ruiz", "person",
    "Secretary of Agriculture" },
  { "a small title with of",
    "Former secretary of state Ana Ruiz said it rained.", "Ana Ruiz", "person" },
  { "a body and a role", "Water Board spokesman Tom Okafor said it rained.", "Tom Okafor", "person",
    "Water Board spokesman" },
  { "a country's office",
    "The Peruvian Foreign Minister Ana Ruiz said it rained.", "Ana Ruiz", "person",
    "Peruvian Foreign Minister" },
  { "a role in small letters",
    "The county engineer Tom Okafor said it rained.", "Tom Okafor", "person", "county engineer" },
  { "a role that no list knows", "“It rained all day,” stable hand Tom Okafor said.", "Tom Okafor",
    "person", "stable hand" },
  { "an appositive",
    "Tom Okafor, a spokesman for the water board, said it rained.", "Tom Okafor", "person",
    "spokesman for the water board" },
  { "an appositive with an owner",
    "Tom Okafor, the mayor’s chief of staff, said it rained.", "Tom Okafor", "person",
    "chief of staff" },
  { "an appositive before",
    "The mayor’s lawyer, Tom Okafor, said it rained.", "Tom Okafor", "person", "lawyer" },
  { "an age", "Tom Okafor, 84, said it rained.", "Tom Okafor", "person" },
  { "a doctor with an age", "Dr. Tom Okafor, 84, said it rained.", "Tom Okafor", "person" },
  { "a party in brackets", "Rep. Ana Ruiz (D-Ohio) said it rained.", "Ana Ruiz", "person", "Rep." },
  { "a particle", "Maria de la Cruz said it rained.", "Maria de la Cruz", "person" },
  { "a capital particle", "Dick Van Dorn said it rained.", "Dick Van Dorn", "person" },
  { "an apostrophe", "Siobhan O’Malley said it rained.", "Siobhan O’Malley", "person" },
  { "a suffix", "Tom Okafor Jr. said it rained.", "Tom Okafor Jr.", "person" },
  { "a number behind", "Tom Okafor III said it rained.", "Tom Okafor III", "person" },
  { "initials", "A. J. Okafor said it rained.", "A. J. Okafor", "person" },
  { "a middle initial", "Ana B. Ruiz said it rained.", "Ana B. Ruiz", "person" },
  { "hyphens", "Anne-Marie Doyle-Hart said it rained.", "Anne-Marie Doyle-Hart", "person" },
  { "letters with accents", "Zoë Müller said it rained.", "Zoë Müller", "person" },
  { "a capital with an accent", "Élodie Ørsted said it rained.", "Élodie Ørsted", "person" },
  { "a nickname in marks",
    "Thomas “Buck” Okafor said it rained.", "Thomas “Buck” Okafor", "person" },
  { "an organisation",
    "The Harbor Commission said it rained.", "Harbor Commission", "organisation" },
  { "a department of", "The Department of Water Works said it rained.", "Department of Water Works",
    "organisation" },
  { "a firm", "Acme Bridge Inc. said it rained.", "Acme Bridge Inc.", "organisation" },
  { "capitals only", "NOAA said it rained.", "NOAA", "organisation" },
  { "a saint's hospital",
    "St. Luke’s Hospital said it rained.", "St. Luke’s Hospital", "organisation" },
  { "an office's owner",
    "The Governor’s Office said it rained.", "Governor’s Office", "organisation" },
  { "a newspaper",
    "The Tilden Gazette reported that it rained.", "Tilden Gazette", "organisation" },
  { "somebody's campaign",
    "The Okafor campaign said it rained.", "Okafor campaign", "organisation" },
  { "a union that its members name", "The United Mine Workers of America said it rained.",
    "United Mine Workers of America", "organisation" },
  { "a union of employees", "The Service Employees International Union said it rained.",
    "Service Employees International Union", "organisation" },
  { "citizens for an office's name", "Citizens for Tax Justice said it rained.",
    "Citizens for Tax Justice", "organisation" },
  { "a body that begins with a common word", "Amnesty International said it rained.",
    "Amnesty International", "organisation" },
  { "an age that stands for somebody", "The 19-year-old said it rained.", "19-year-old", "role" },
  { "a country", "France said it rained.", "France", "organisation" },
}

-- More paragraphs than a pronoun looks back.
local FAR = "\n\nAna Ruiz left." .. ("\n\nRuiz waved."):rep(6) .. "\n\n"

-- { what is shown, copy, name of the last speaker, kind }
local RESOLVED = {
  { "a surname later", "Ana Ruiz left. Ruiz said it rained.", "Ana Ruiz", "person" },
  { "a surname first",
    "Ruiz said it rained.\n\nThe mayor of Tilden is Ana Ruiz. Ruiz said it snowed.", "Ana Ruiz",
    "person" },
  { "a possessive surname",
    "Ana Ruiz left. It rained, according to Ruiz’s report.", "Ruiz’s report", "document" },
  { "a first name", "Melba Ruiz left. Melba said it rained.", "Melba Ruiz", "person" },
  { "a nickname that the copy gives", "Thomas “Buck” Okafor left. Buck said it rained.",
    "Thomas “Buck” Okafor", "person" },
  { "a longer form later", "Ana Ruiz left. Ana B. Ruiz said it rained.", "Ana B. Ruiz", "person" },
  { "a short form", "Timothy Marsh left. Tim Marsh said it rained.", "Timothy Marsh", "person" },
  { "straight and curly apostrophes", "Siobhan O’Malley left. O'Malley said it rained.",
    "Siobhan O’Malley", "person" },
  { "a particle's surname", "Maria de la Cruz left. De la Cruz said it rained.", "Maria de la Cruz",
    "person" },
  { "she", "Ana Ruiz met Tom Okafor. She said it rained.", "Ana Ruiz", "person" },
  { "he", "Ana Ruiz met Tom Okafor. He said it rained.", "Tom Okafor", "person" },
  { "he in the next paragraph",
    "“It rained,” Tom Okafor said.\n\n“It poured,” he added.", "Tom Okafor", "person" },
  { "he of a name whose sex a title says", "Chairman Kim Marsh met Ana Ruiz. He said it rained.",
    "Kim Marsh", "person" },
  { "Mr. and Mrs. of one surname",
    "Ana Ruiz and Tom Ruiz left. Mr. Ruiz said it rained.", "Tom Ruiz", "person" },
  { "a president whose wife alone is named in full",
    "Michelle Marsh, the first lady, left. President Marsh said it rained. Mr. Marsh waved.",
    "Marsh", "person" },
  { "who speaks rather than whom they speak of",
    "Eva Marsh waved. Marsh sang. Marsh left, and Marsh came back. Lee Ruiz said Marsh was late."
    .. "\n\n“It rained,” she said.", "Lee Ruiz", "person" },
  { "another of the same surname", "Ana Ruiz left. Her son, Tom Ruiz, said it rained.", "Tom Ruiz",
    "person" },
  { "who", "They met Ana Ruiz, who said it rained.", "Ana Ruiz", "person" },
  { "it", "The Harbor Commission met. It said it rained.", "Harbor Commission", "organisation" },
  { "an acronym", "The Tilden Bridge Board met. TBB said it rained.", "Tilden Bridge Board",
    "organisation" },
  { "a short name in brackets", "The Bureau of Bridge Safety (BOBS) met. BOBS said it rained.",
    "Bureau of Bridge Safety", "organisation" },
  { "the commission",
    "The Harbor Commission met. The commission said it rained.", "Harbor Commission",
    "organisation" },
  { "another commission", "The Tarn Historical Society met. The harbor commission said it rained.",
    "harbor commission", "organisation" },
  { "a newspaper by a common noun",
    "The Tilden Gazette and the Water Board met. The paper said it rained.", "Tilden Gazette",
    "organisation" },
  { "a role that somebody holds",
    "Mayor Ana Ruiz met Tom Okafor. The mayor said it rained.", "Ana Ruiz", "person" },
  { "a role by its short title",
    "Sen. Tom Okafor met Ana Ruiz. The senator said it rained.", "Tom Okafor", "person" },
  { "a role from an appositive",
    "Ana Ruiz, the county engineer, met Tom Marsh. The engineer said it rained.", "Ana Ruiz",
    "person" },
  { "a role that nobody is said to hold",
    "Ana Ruiz left. The governor said it rained.", "governor", "role" },
  { "an owner's spokeswoman",
    "Ana Ruiz left. Ruiz’s spokeswoman said it rained.", "spokeswoman", "role" },
  { "an unnamed official", "Ana Ruiz left. A senior official said it rained.", "senior official",
    "anonymous" },
  { "a spokesman without a name, then he",
    "A spokesman for the bus company said it rained.\n\n“Nobody asked us,” he added.", "spokesman",
    "anonymous" },
  { "the official again", "A county official said it rained. “It poured,” the official said.",
    "county official", "anonymous" },
  { "a corps of several",
    "The Harbor Corps of Engineers said it rained.", "Harbor Corps of Engineers", "organisation" },
  { "somebody", "Ana Ruiz left. Someone said it rained.", "Someone", "anonymous" },
  { "others", "Ana Ruiz left. Others said it rained.", "Others", "group" },
  { "a group", "Ana Ruiz left. Residents said it rained.", "Residents", "group" },
  { "two in one source",
    "Ana Ruiz and Tom Okafor said it rained.", "Ana Ruiz and Tom Okafor", "group" },
  { "one and others", "Ana Ruiz and other engineers said it rained.",
    "Ana Ruiz and other engineers", "group" },
  { "one and those about her", "Ana Ruiz and her aides said it rained.", "Ana Ruiz and her aides",
    "group" },
  { "another, named with a school",
    "Another engineer, Tom Okafor of Tilden College, said it rained.", "Tom Okafor", "person" },
  { "a Republican of a state",
    "Ana Ruiz (R-Wis.) and Tom Okafor (R-Ohio) met. The Wisconsin Republican said it rained.",
    "Ana Ruiz", "person" },
  { "a Democrat by the letter",
    "Ana Ruiz (D-Wis.) and Tom Okafor (R-Wis.) met. The Democrat said it rained.", "Ana Ruiz",
    "person" },
  { "another country's president",
    "President Ana Ruiz left. The French president said it rained.", "French president", "role" },
  { "somebody who stands for two in a clause",
    "Ana Ruiz, a clerk who worked for Tom Okafor and Lee Vogt, said it rained.", "Ana Ruiz",
    "person" },
  { "the mother rather than the son named beside her",
    "Ana Ruiz, mother of the driver Tom Ruiz, waved. “It rained,” Ruiz said.", "Ana Ruiz",
    "person" },
  { "a name behind a modal", "Tom Okafor left. Will Okafor return? Okafor said it rained.",
    "Tom Okafor", "person" },
  { "they", "Ana Ruiz met engineers. Residents waved. They said it rained.", "Residents", "group" },
  { "the former", "Ana Ruiz met Tom Okafor. The former said it rained.", "Ana Ruiz", "person" },
  { "the latter", "Ana Ruiz met Tom Okafor. The latter said it rained.", "Tom Okafor", "person" },
  { "a campaign with its owner behind it",
    "The Okafor campaign met. The campaign of Ana Ruiz said it rained.", "Ruiz campaign",
    "organisation" },
  { "the House", "The White House met. The House said it rained.", "House", "organisation" },
  { "one of several", "Two clerks left. One of them said it rained.", "One of them", "anonymous" },
  { "one of several, named", "One of the mayor’s lawyers, Tom Okafor, said it rained.",
    "Tom Okafor", "person" },
  { "one official", "Ana Ruiz left. One official said it rained.", "official", "anonymous" },
  { "a body beside its role",
    "The dam’s owner, Halcyon Power Corp., said it rained.", "Halcyon Power Corp.",
    "organisation" },
  { "a place before a woman", "In Halverton, Ohio, a young woman said it rained.", "young woman",
    "anonymous" },
  { "who is called by a name", "A farmer named Ana Ruiz left. She said it rained.", "Ana Ruiz",
    "person" },
  { "an office and its shadow",
    "The home secretary, Ana Ruiz, met the shadow home secretary, Lee Vogt. The home secretary "
    .. "said it rained.", "Ana Ruiz", "person" },
  { "a secretary's deputy", "Mayor Ana Ruiz met Deputy Mayor Lee Vogt. The deputy mayor said it "
    .. "rained.", "Lee Vogt", "person" },
  { "a slip of the pen", "Ana McClenney left. McLenney said it rained.", "Ana McClenney",
    "person" },
  { "a slip in a first name", "Hillary Marsh left. Hilary Marsh said it rained.", "Hillary Marsh",
    "person" },
  { "another surname", "Ana Marsh left. Marks said it rained.", "Marks", "person" },
  { "an acronym of a name with small words",
    "The Alliance to Reclaim Our Schools (AROS) met. AROS said it rained.",
    "Alliance to Reclaim Our Schools", "organisation" },
  { "citizens for something", "The Citizens for Safe Bridges said it rained.",
    "Citizens for Safe Bridges", "organisation" },
  { "his mother", "Tom Okafor waved. His mother left. She said it rained.", "mother", "role" },
  { "his campaign", "Tom Okafor left. His campaign said it rained.", "Okafor campaign",
    "organisation" },
  { "her foundation", "Ana Ruiz runs the Ruiz Foundation. Her foundation said it rained.",
    "Ruiz Foundation", "organisation" },
  { "somebody's team by another word",
    "The Okafor campaign met. Okafor’s team said it rained.", "Okafor campaign", "organisation" },
  { "the agency", "The Food Safety Bureau met. The agency said it rained.", "Food Safety Bureau",
    "organisation" },
  { "a firm by what it is called beside its name",
    "Halcyon, a ferry company in Tarn, said it rained.", "Halcyon", "organisation" },
  { "a union named far back", "The Tarn Teamsters struck." .. FAR .. "The union said it rained.",
    "Tarn Teamsters", "organisation" },
  { "a network named far back",
    "Alcyon, a television network, met Lee Vogt." .. FAR .. "The network said it rained.", "Alcyon",
    "organisation" },
  { "nobody called Democratic",
    "The band leader called Democratic mayors in, the band leader said.", "band leader", "role" },
  { "a surname that is a common word", "Treasurer Cory Banks left. Banks said it rained.",
    "Cory Banks", "person" },
  { "a Democrat by the state behind the name",
    "Irene Cole left. Cole waved. Sen. Joan Reyes of Nevada met Cole. The Nevada Democrat said it "
    .. "rained.", "Joan Reyes", "person" },
  { "a Democrat of a town that no list knows",
    "Ana Ruiz (D-Tarn) and Tom Okafor (R-Lynn) met. The Tarn Democrat said it rained.", "Ana Ruiz",
    "person" },
  { "an ex-wife", "Tom Okafor left his wife Ana Ruiz. It rained. His ex-wife said it rained.",
    "Ana Ruiz", "person" },
  { "he behind a role that stands for somebody",
    "Gary Okafor’s doctor is calling the runner fit.\n\n"
    .. "The former Ohio governor is a runner. Nobody met Tom Marsh. He said it rained.",
    "Gary Okafor", "person" },
  { "a role of whom was named rather than who will be",
    "It rained.\n\nIt snowed.\n\nIt was dry.\n\nTom Okafor smiled.\n\n"
    .. "The Republican nominee said it rained.\n\nLee Vogt, the Republican nominee in 2012, waved.",
    "Tom Okafor", "person" },
  { "no man where the nominee has “her” rival",
    "Tom Marsh lost. Marsh waved.\n\nThe Democratic nominee attacked her rival and said it rained.",
    "Democratic nominee", "role" },
  { "whom a role varies", "Tom Okafor left. The northern senator said it rained.", "Tom Okafor",
    "person" },
  { "a senator of another state",
    "Texas Sen. Tom Okafor met Lee Vogt. The Ohio governor said it rained.", "Lee Vogt",
    "person" },
  { "whose sex the next pronoun tells",
    "Bill Ruiz and Ana Ruiz met. Ruiz said she was tired.", "Ana Ruiz", "person" },
  { "a name with “himself”", "Ana Ruiz met Tom Okafor. Okafor himself said it rained.",
    "Tom Okafor", "person" },
  { "supporters of one", "Supporters of Ana Ruiz said it rained.", "Supporters of Ana Ruiz",
    "group" },
  { "a share", "Some 40 percent of voters said it rained.", "40 percent of voters", "group" },
  { "a poll of two", "A CNN/Gazette poll showed that it rained.", "CNN/Gazette poll", "document" },
  { "a broadcaster's tally", "A CNN tally showed that it rained.", "CNN tally", "document" },
  { "a report", "The report said it rained.", "report", "document" },
  { "a poll", "A new poll showed that it rained.", "new poll", "document" },
}

-- { what is shown, copy }: words that are nobody's name
local NOBODY = {
  { "a dateline", "HALVERTON — It rained, Ana Ruiz said.", "HALVERTON" },
  { "a word that begins a sentence", "Output rose. Ana Ruiz said it rained.", "Output" },
  { "a bracketed letter", "“[G]reat rain,” Ana Ruiz said.", "G" },
  { "a town before its state", "It rained in Halverton, Ohio, Ana Ruiz said.", "Halverton" },
  { "a city of two words", "It rained in New York, Ana Ruiz said.", "New York" },
  { "a hall", "It rained at City Hall, Ana Ruiz said.", "City Hall" },
  { "a street", "It rained on Quay Street, Ana Ruiz said.", "Quay Street" },
  { "a word of a line in capitals",
    "BRIDGE WILL CLOSE, MAYOR SAYS\n\nMayor Ana Ruiz said it rained.", "BRIDGE" },
  { "a month", "It rained in May, Ana Ruiz said.", "May" },
}

describe("a source that is", function()
  for _, case in ipairs(NAMES) do
    it(case[1], function()
      local found = speaker(case[2])
      assert.same({ case[3], case[4], case[5] }, { found.name, found.kind, case[5] and found.role })
    end)
  end
end)

describe("the speaker behind", function()
  for _, case in ipairs(RESOLVED) do
    it(case[1], function()
      local found = speaker(case[2])
      assert.same({ case[3], case[4] }, { found and found.name, found and found.kind })
    end)
  end
end)

describe("nobody is called", function()
  for _, case in ipairs(NOBODY) do
    it(case[1], function()
      assert.is_nil(named(case[2], case[3]))
    end)
  end
end)

describe("the speakers of a document", function()
  it("have one space for a line break in their names", function()
    local copy = "Yesterday the county engineer Ana\r\nRuiz said it rained."
    local found = native.analyze(copy, { paragraphs = "blank" }).speakers[1]
    assert.same({ "Ana Ruiz", "county engineer" }, { found.name, found.role })
  end)

  it("are listed with their mentions in the order of the text", function()
    local copy = "Ana Ruiz left. Tom Okafor said Ruiz, the mayor, was tired. She said it rained."
    local words = {}
    for _, mention in ipairs(named(copy, "Ana Ruiz").mentions) do
      words[#words + 1] = copy:sub(mention[1] + 1, mention[2])
    end
    assert.same({ "Ana Ruiz", "Ruiz", "the mayor", "She" }, words)
    assert.equal("mayor", named(copy, "Ana Ruiz").role)
  end)

  it("take the role that a lede gives for somebody it names later, and doubt it", function()
    local copy = "A firefighter said it rained.\n\nTom Okafor, 34, said it poured."
    local analysis = native.analyze(copy)
    local lede = analysis.attributions[1]
    assert.equal("Tom Okafor", analysis.speakers[lede.speaker].name)
    assert.is_true(lede.confidence < 0.6)
    local official = native.analyze((copy:gsub("firefighter", "senior official")))
    assert.equal("senior official", official.speakers[official.attributions[1].speaker].name)
  end)

  local function names_in(copy)
    local analysis = native.analyze(copy)
    local names = {}
    for _, attribution in ipairs(analysis.attributions) do
      local meant = attribution.speaker and analysis.speakers[attribution.speaker]
      names[#names + 1] = meant and meant.name or "nobody"
    end
    return names
  end

  it("take a body that the lede speaks of for the one named behind it", function()
    assert.equal("Tarn Ferry Workers Union", names_in(
      "A union of ferry workers said it rained.\n\n" ..
      "The Tarn Ferry Workers Union said it poured.")[1])
    assert.equal("Tarn County Court", names_in(
      "A three-judge panel of the Tarn County Court said it rained.")[1])
  end)

  it("take a lawmaker in the lede for the senator behind it", function()
    assert.equal("Tom Okafor", names_in(
      "A lawmaker said it rained.\n\nSen. Tom Okafor, D-Ohio, said it poured.")[1])
  end)

  it("take a lede's panel for the committee behind it, though the headline has it", function()
    assert.equal("House Roads Committee", names_in(
      "House panel votes to hold clerk in contempt.\n\n" ..
      "A House panel voted Thursday to hold a clerk in contempt, and it said it rained.\n\n" ..
      "The House Roads Committee voted 19-15.")[1])
  end)

  it("know somebody's lawyer by who was called so", function()
    assert.equal("Eva Stone", names_in(
      "An attorney for Marsh, Eva Stone, left.\n\n" ..
      "Tom Okafor waved. Marsh’s lawyer said it rained.")[1])
  end)

  it("find the surname before a given name of two syllables", function()
    assert.equal("Ban Ki-woo", names_in("Ban Ki-woo said it rained.")[1])
  end)

  it("are sure of an official without a name when the copy comes back to them", function()
    local copy = "A county official said it rained. “It poured,” the official said."
    assert.is_true(native.analyze(copy).attributions[2].confidence > 0.6)
  end)

  it("are not sure of a man for “she”", function()
    local only = native.analyze("Tom Okafor left. She said it rained.").attributions[1]
    assert.is_true(only.confidence < 0.3)
  end)

  it("are less sure where two fit", function()
    local one = native.analyze("Ana Ruiz left. She said it rained.").attributions[1].confidence
    local two = native.analyze("Ana Ruiz met Eva Marsh. She said it rained.").attributions[1]
    assert.is_true(two.confidence < one)
  end)
end)
