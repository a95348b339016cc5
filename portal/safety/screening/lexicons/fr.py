WORDS = {}; CRISIS = {}; CONCERN = {}; EVERYDAY = ""
