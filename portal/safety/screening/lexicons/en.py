"""English, with the slang of young people."""

from __future__ import annotations

WORDS = {
    "FILL": "to the a an just really so very fucking fuckin freaking damn actually literally honestly even like "
    "of my own maybe probably totally kinda kind sort finally myself? please rn all been being am is are was "
    "were be gonna? some this that these such up right too",
    "I": "i im ive id ima imma i'm",
    "ME": "me",
    "MY": "my mine ma",
    "MYSELF": "myself mysef myslef myselfs my_self meself mself myself~",
    "YOU": "you u ya yu youre ur youve youd yall",
    "YOUR": "your ur yo yours",
    "SELF": "himself herself themself themselves yourself urself ourselves him_self her_self hisself theirselves",
    "HIM": "him",
    "HER": "her",
    "THEM": "them they theyre",
    "WE": "us we our",
    "US": "us",
    "OUR": "our",
    "PERSON": "he she they hes shes theyre somebody someone anybody people guy girl boy kid dude who everyone",
    "HE": "he hes",
    "SOMEONE": "someone somebody anyone people",
    "EVERYONE": "everyone everybody every1 all_of_them them_all you_all y'all yall whole_class the_whole_school",
    "ANYONE": "anyone anybody any1 no_one noone nobody nobdy any_one people a_soul others",
    "NOBODY": "nobody noone no_one nobdy no1 none",
    "FAMILY": "dads moms stepdads "
    "mom mum mommy mama momma ma mother dad daddy papa pops father parents parent stepdad stepfather "
    "step_dad stepmom stepmother step_mom uncle aunt auntie tia grandpa grandma granddad grandfather "
    "grandmother foster_dad foster_mom foster_mother foster_father foster_parents foster_parent guardian "
    "folks caregiver family mamaw nana granny rents",
    "SIBLING": "brother sister bro sis cousin stepbrother stepsister sibling brothers sisters siblings twin",
    "ADULT": "teacher coach boss pastor priest neighbor neighbour landlord man men guy guys babysitter principal "
    "doctor counselor tutor youth_leader adult adults older_man older_guy old_man deacon bus_driver "
    "moms_boyfriend roommate dads_friend family_friend",
    "PARTNER": "boyfriend bf girlfriend gf ex partner husband wife stepbf man_of_mine moms_boyfriend mom's_boyfriend",
    "BOYFRIEND": "boyfriend girlfriend bf gf",
    "PEER": "friend friends bestie bff classmate classmates roommate teammate kids buddy homie bestfriend guy "
    "girl kid boy bully",
    "STAFF": "staff supervisor counselor counsellor coordinator therapist social_worker caseworker the_program "
    "teacher principal cps police cops",
    "NEG": "not no dont don't doesnt didnt cant cannot wont wouldnt shouldnt isnt arent aint never nor neither "
    "havent hasnt without wasnt couldnt werent",
    "NEVER": "never",
    "WITHOUT": "without w/o w/out",
    "WANT": "want wanna wants wanted wanting need_to feel_like feels_like about_to finna tryna wannabe "
    "would_rather rather id_rather ready_to urge_to thinking_of thinking_about thinkin_about thinking_bout "
    "thinkin_bout thought_about thoughts_of thoughts_about keep_thinking wna wanan tempted_to considering "
    "trying_to tried_to try_to plan_to planning_to planning_on decided_to hoping_to gonna going_to gunna gon "
    "imma ima intend_to wish_i_could wish_i_would cant_stop_thinking_about dream_of dreaming_of "
    "fantasize|fantasizing_about might_just should_just could_just",
    "GO": "gonna going_to going gunna gon imma ima will ill i'll go goin shall bouta about_to finna tryna boutta "
    "planning_to plan_to theyll hell_be he'll she'll might",
    "TRY": "try tries trying tryin attempt attempting",
    "TRIED": "tried attempted",
    "THINK": "think thinks thinking thinkin thought thoughts considering consider contemplating contemplate",
    "PLAN": "plan plans planned planning intend decided decide",
    "FEEL": "feel feels feeling felt feelin",
    "READY": "ready prepared",
    "WISH": "wish wishes wishing wished",
    "HOPE": "hope hoping hopes",
    "DO": "do commit committing committed commiting did does doing",
    "HAVE": "have has had got havin having ive",
    "BE": "be being am is are was were been stay",
    "CAN": "can could able",
    "SAY": "say says said saying told tells tell threatened keeps_saying swore",
    "KEEP": "keep keeps kept always constantly",
    "MAKE": "make makes made making forces forced",
    "FORCE": "force/v makes_me|her|him|us made_me|her|him|us making_me|her|us pressure/v coerce/v",
    "TAKE": "take takes took taking taken",
    "GIVE": "give gives gave giving giv",
    "SEND": "send/v sent sending text_me",
    "COME": "come comes came comin coming",
    "GET": "get gets got getting",
    "LET": "let lets letting",
    "LEAVE": "leave leaves leaving leavin",
    "LEFT": "left ran",
    "LIKE": "like",
    "LOOK": "look looks looking",
    "HERE": "here around",
    "NOW": "now rn right_now",
    "ALWAYS": "always all_the_time every_day everyday every_night every_time 24/7 constantly keep keeps nonstop",
    "OFTEN": "often sometimes again a_lot whenever lately every",
    "AGAIN": "agian agin again agn",
    "EVERY": "every each whenever",
    "TONIGHT": "tonight tonite 2nite tnight 2night this_night after_everyone_sleeps later",
    "TODAY": "today 2day",
    "TOMORROW": "tomorrow tmrw tmr tomorow 2morrow monday",
    "SOON": "soon",
    "FRIDAY": "friday saturday weekend",
    "NIGHT": "night nights nite bedtime asleep sleeping sleep",
    "FOREVER": "forever 4ever for_good permanently eternally",
    "STILL": "still even",
    "ALL": "all whole entire",
    "MANY": "many bunch handful lots too_many lot whole_lot",
    "WHOLE": "whole entire",
    "ENOUGH": "enough",
    "BOTTLE": "bottle bottles pack box",
    "IF": "if whether once",
    "WHEN": "when whn after",
    "BECAUSE": "because cuz cause bc for_failing",
    "WHY": "why y",
    "WHAT": "what whats wats",
    "WHAT_FOR": "what_for",
    # in danger of one's own hand
    "DIE": "die dies dying dieing dye dyin death perish croak drop_dead not_be_alive not_be_here_anymore",
    "DEAD": "dead deceased ded gone_forever six_feet_under not_alive",
    "KILL": "kill/v murder/v slay strangle/v slit end kil kll",
    "KMS": "kms kmsing ctb catch_the_bus sewerslide sewer_slide sewercide toaster_bath rope_myself end_it_all "
    "sucide_myself off_myself neck_myself unalive_myself unalive_me end_it_tonight end_myself delete_myself "
    "kermit_sewerside kermit_sewer_slide kill_my_self self_delete",
    "KYS": "kys go_die kill_yourself kill_urself drink_bleach neck_yourself end_yourself go_kill_yourself",
    "UNALIVE": "unalive* unaliv* un_alive off_myself",
    "DELETE": "delete/v erase/v remove/v wipe/v clear end off hang neck yeet unalive throw",
    "SUICIDE": "suicide~ suicidal~ suicides suicid* sucide* suicde* suside* suiside* sewerslid* self_murder",
    "LIVE": "live living livin go_on keep_going keep_living carry_on survive breathe be_alive",
    "ALIVE": "alive breathing on_this_earth in_this_world on_this_planet",
    "LIFE": "life lives lyfe",
    "EXIST": "exist exists existing existence be_here_anymore",
    "BREATHE": "breathe breathing",
    "WAKE": "wake waking wake_up waking_up woken",
    "BORN": "born",
    "NEVER_BORN": "never_been_born never_born wasnt_born wasn't_born not_been_born never_existed didnt_exist "
    "didn't_exist wasnt_alive",
    "ANYMORE": "anymore any_more any_longer no_more",
    "STOP": "stop stops stopping quit",
    "CONTINUE": "continue go_on keep_going carry_on keep_trying",
    "END": "end/v ending finish/v",
    "IT_ALL": "it_all everything this_all it",
    "THIS": "this",
    "OWN": "own",
    "EVERYTHING": "everything it_all",
    "REASON": "reason reasons",
    "POINT": "point purpose",
    "SENSE": "sense meaning",
    "WORTH": "worth",
    "DESERVE": "deserve/v",
    "TIRED": "tired exhausted sick done over",
    "FED_UP": "fed_up sick_of tired_of done_with over_with hate",
    "BETTER": "better better_off easier happier best",
    "HAPPY": "happier relieved glad",
    "DISAPPEAR": "disappear/v vanish/v fade_away cease evaporate fall_asleep_forever gone poof",
    "GONE_FOREVER": "gone_forever",
    "CARE": "care cares cared matter matters",
    "MISS": "miss/v",
    "NOTICE": "notice/v",
    "CRY": "cry",
    "PILLS": "pill pills meds medication tablets xanax tylenol ibuprofen advil capsules benadryl oxy percs",
    "SWALLOW": "swallow/v down/v chug/v",
    "EAT": "eat/v ate eaten",
    "FEED": "feed/v fed starve/v",
    "FOOD": "food meals dinner lunch pizza taco tacos burger sandwich snack cheeseburger nap coffee chocolate "
    "ice_cream fries",
    "SAVE": "save/v stash/v stockpile/v hoard/v saving_up hiding",
    "OVERDOSE": "overdose~ overdos* od_on od'd od_tonight oding to_od",
    "JUMP": "step|stepping|stepped_off|infront jump/v leap/v throw_myself step_in_front",
    "HIGH_PLACE": "bridge roof balcony building cliff overpass window rooftop ledge parking_garage bridges",
    "TRAIN": "train trains tracks subway",
    "CAR": "car cars truck traffic bus",
    "FRONT": "in_front_of front_of onto into",
    "HEAD": "head mouth temple",
    "THROAT": "throat neck",
    "VEINS": "vein veins wrists",
    "WRIST": "wrist wrists",
    "HANG": "hang_out_alone",
    "DROWN": "drown/v",
    "ROPE": "rope noose belt_around",
    "NECK": "neck",
    "TREE": "tree",
    "FOUND": "found bought got",
    "BOUGHT": "bought",
    "GOODBYE": "goodbye goodbyes bye good_bye farewell farewells",
    "NOTE": "note letter letters",
    "LETTER": "letter letters",
    "WRITE": "write writing",
    "WROTE": "wrote written",
    "LAST": "last final",
    "MESSAGE": "message messages msg text texts msgs dm dms",
    "DAY": "day",
    "EARTH": "earth",
    "PAINLESS": "painless painlessly",
    "EASY": "easiest quickest fastest",
    "WAY": "way ways method methods",
    "SLEEP": "sleep fall_asleep sleeping slept",
    "CUT": "cut cuts cutting cuttin slice/v carve/v slit slitting",
    "HURT": "hurt hurts hurting hurtin harm/v",
    "HARM": "harm/v",
    "INJURE": "injure/v damage/v",
    "PUNISH": "punish/v",
    "BURN": "burn/v burnt",
    "SCRATCH": "scratch/v",
    "SELF_HARM": "self_harm self_harmed self_harming selfharm* self_injur* relapsed_and_cut shing sh_relapse "
    "relapsed_last_night",
    "USED_TO": "used_to",
    "SCARS": "scar scars",
    "BLADE": "razor razors blade blades razorblade boxcutter",
    "BLEED": "bleed/v bled blood",
    "ARM": "arm arms forearm",
    "LEG": "leg legs thigh thighs",
    "SKIN": "skin wrist wrists stomach",
    "HIDE": "hide hides hiding hid",
    "CALM": "calm relief helps",
    "STARVE": "starve_myself starving_myself stopped_eating havent_eaten_in_days not_eating_on_purpose",
    "THROW_UP": "throw_up puke vomit throwing_up puking purge purging",
    "AFTER": "after once",
    "DRINK": "drink drank drinking",
    "BLEACH": "bleach",
    "HATE": "hate hates hated hating h8 despise",
    "BURDEN": "burden burdens",
    "HOPELESS": "hopeless no_hope lost_hope no_hope_left no_way_out see_no_way_out no_future",
    "WORTHLESS": "worthless useless_piece waste_of_space piece_of_garbage nothing_but_trouble good_for_nothing",
    "GIVE_UP": "give_up giving_up gave_up given_up",
    "CANT_GO_ON": "cant_go_on can't_go_on cant_do_this_anymore can't_do_this_anymore cant_take_it_anymore "
    "can't_take_it_anymore cant_take_this_anymore can't_take_this_anymore cant_take_it_any_more "
    "dont_see_a_future don't_see_a_future cant_keep_going can't_keep_going cant_do_it_anymore "
    "can't_do_it_anymore wont_be_here_much_longer",
    "EMPTY": "empty",
    "NUMB": "numb",
    "INSIDE": "inside",
    "PAIN": "pain suffering hurting",
    # at the hands of others
    "HIT": "hit hits hitting beat beats beating beaten punch/v slap/v smack/v kick/v whip/v whoop/v whooped "
    "choke/v strangle/v shove/v slam/v spank/v belt/v beats_up beat_up throw_things_at threw_stuff_at grab/v "
    "drag/v bite/v put_his_hands_on puts_his_hands_on put_hands_on puts_hands_on threw_me pushes pushed "
    "pinned jump/v jumped smacks",
    "CHOKE": "choke/v",
    "BEAT": "beat hurt jump fight stab shoot",
    "HIT_BY": "get|got|gets|getting_hit|beat|beaten|slapped|punched|whipped|jumped|kicked|choked_by "
    "get|got|gets|getting_beat|beaten_up_by been|being_hit|beaten|slapped|abused_by "
    "get|got|gets_beat|beaten|hit|whipped_at_home get|got_beaten beaten_by hit_by_my",
    "BY": "by",
    "ABUSE": "abuse/v abusive abuser mistreat/v molest/v grope/v assault/v",
    "ABUSE_BY": "abused_by molested_by assaulted_by groped_by being_abused was_abused got_abused was_molested "
    "got_molested was_assaulted sexually_assaulted sexually_abused im_being_abused molested",
    "SEXUAL": "sexual sexually",
    "RAPE": "rape~ rapes raped raping r*pe grape_me graped_me r4pe raper",
    "RAPE_BY": "raped_by was_raped got_raped been_raped raped_me forced_himself_on forced_herself_on",
    "TOUCH": "touch/v fondle/v feel_up feels_up felt_up rub/v grope/v",
    "PRIVATE": "private privates private_parts down_there my_chest my_butt my_ass my_boobs my_breasts my_thighs "
    "my_pants my_underwear my_shirt inappropriately between_my_legs penis vagina dick",
    "WHERE": "where places somewhere",
    "UNDER": "under inside",
    "WEIRD": "weird wrong uncomfortable gross bad funny",
    "PUT": "put puts stuck slid",
    "DOWN": "down up inside",
    "HAND": "hand hands",
    "ROOM": "room bedroom",
    "BED": "bed",
    "UNDRESS": "undress/v strip naked take_off_my|your_clothes|shirt|pants|top take_my_clothes_off "
    "take_your_clothes|shirt_off clothes_off",
    "SEX": "sex sexual_things sexual_stuff bj blowjob oral do_things_to_him do_stuff_to_him have_sex had_sex",
    "SLEEP_WITH": "sleep|sleeping|slept_with have|having|had_sex_with hook_up_with go_with do_things_with "
    "do_stuff_with be_with_men be_with_guys be_with_his_friends",
    "KISS": "kiss/v makeout make_out",
    "LOCK": "lock/v locks chain/v tie/v tied trap/v lock/v_in",
    "CLOSET": "closet closets",
    "BASEMENT": "basement attic shed garage cage",
    "BATHROOM": "bathroom",
    "OUTSIDE": "outside out",
    "BELT": "belt extension_cord cord paddle stick switch hanger whip pole",
    "BRUISE": "bruise/v black_eye welts busted_lip bruises",
    "PHYSICAL": "physically bad badly",
    "FACE": "face head hard",
    "HARD": "hard bad badly",
    "AFRAID": "afraid scared terrified frightened scaredd fear scares",
    "SAFE": "safe safety",
    "HOME": "home house apartment group_home foster_home placement shelter",
    "SCHOOL": "school class campus skool classroom",
    "CLASS": "class",
    "YELL": "yell/v scream/v shout/v",
    "THROW": "throw/v threw",
    "BULLY": "bully/v bullies picking_on_me picks_on_me making_fun_of_me make_fun_of_me makes_fun_of_me jumped_me",
    "LAUGH_AT": "laugh|laughs|laughing_at",
    "PICK_ON": "pick/v_on",
    "THREAT": "threaten/v threat threats blackmail/v",
    "POST": "post/v leak/v expose/v",
    "SHARE": "share/v",
    "PUBLISH": "publish/v",
    "NUDES": "nude nudes nudies noods naked_pic|pics|picture|pictures|photo|photos dick_pic|pics spicy_pic|pics "
    "sexy_pic|pics titty_pics boob_pic noodz send_n00ds lewds",
    "PIC": "pic pics picture pictures photo photos selfie selfies video",
    "ASK": "ask/v",
    # against others
    "SHOOT": "shoot shoots shooting shot blast pop",
    "STAB": "stab/v shank/v knife slash/v",
    "GUN": "gun guns pistol rifle glock shotgun firearm strap ar15 handgun bullets",
    "KNIFE": "knife knives machete weapon",
    "BOMB": "bomb bombs explosive blow_up grenade",
    "SHOOT_UP": "shoot_up_the|my_school|class|place|church shoot_the_school_up shoot_my_school_up shoot_up_school",
    "BRING": "bring/v brought",
    "CARRY": "carry/v carries carried",
    "EXPLODE": "explode/v off",
    "POINT_AT": "pointed point pulled pulls waved",
    "USE": "use/v",
    "POISON": "poison/v",
    "WAIT": "waiting",
    "BACKPACK": "backpack bag locker pocket",
    "PAY": "pay pays paid paying",
    "REVENGE": "revenge get_back_at",
    "GANG": "gang gangs",
    "JOIN": "join",
    "BAD": "bad",
    # leaving
    "RUN_AWAY": "run_away running_away ran_away runaway runnin_away runs_away run_off ran_off running_off "
    "take_off_tonight took_off_from awol bounce_tonight dip_tonight skip_town hitchhike leave_town go_awol "
    "went_awol running_from_home run_from_home escape_from_home escape_from_here escape_this_house "
    "leave_and_never_come_back get_out_of_this_house sneak_out_and_never",
    "ESCAPE": "escape/v get_away get_out",
    "RETURN": "return/v come_back coming_back go_back going_back came_back be_back goin_back comin_back",
    "BACK": "back",
    "PACK": "pack/v packed packing",
    "PACKED": "packed",
    "BAG": "bag bags backpack stuff things suitcase clothes",
    "SNEAK_OUT": "sneak|sneaking|snuck|sneaked_out slip_out climb_out_the_window climb_out_my_window go_out_the_window",
    "BUS": "bus greyhound train",
    "STREET": "street streets outside park_bench under_a_bridge",
    "BRIDGE": "bridge",
    "PARK": "park",
    "STATION": "station",
    "SECRET": "secret secrets secretly hush_hush on_the_down_low on_the_dl lowkey_secret private_thing",
    "STAND": "stand take",
    "ELSEWHERE": "somewhere_else anywhere_else anywhere_but_here",
    "KICKED_OUT": "kicked_me_out kick_me_out kicked_out_of_the_house threw_me_out throw_me_out got_kicked_out "
    "nowhere_to_sleep nowhere_to_go_tonight no_place_to_sleep no_place_to_stay",
    # being used for money
    "SELL": "sell/v sold sells pimp/v",
    "SOLD_BY": "sold_me sell_me selling_me pimped_me pimping_me_out pimp_me_out sells_me sold_to pimps_me_out "
    "traffick* trafficked",
    "BODY": "body bodies",
    "MEN": "men guys johns older_men old_men strangers random_men random_guys grown_men his_friends tricks",
    "STRANGERS": "strangers random_people",
    "FRIENDS": "friends buddies",
    "CLIENT": "client clients customer customers johns",
    "PIMP": "pimp pimps madam pimping",
    "DATE_MEN": "dates",
    "HOTEL": "hotel motel hotels motels motel_room hotel_room",
    "PASSPORT": "passport passports",
    "PAPERS": "papers documents my_id",
    "BOSS": "boss",
    "OWE": "owe/v debt",
    "WORK": "work works working worked",
    "MONEY": "money cash bucks dollars dough twenty_bucks hundred_bucks $20 $50 $100",
    # boundaries
    "NUMBER": "number digits",
    "PHONE": "phone cell",
    "CELL": "cell cellphone",
    "EMAIL": "email e_mail gmail",
    "HANDLE": "handle username gamertag @ insta",
    "USERNAME": "username user_name handle gamertag screenname",
    "ADDRESS": "home_address address",
    "PERSONAL": "personal personally private",
    "TEXT": "text/v txt",
    "CALL": "call/v",
    "ADD": "add/v friend_me addme",
    "FOLLOW": "follow/v",
    "FIND": "find",
    "DM": "dm dms pm slide_into_my|your_dms",
    "HIT_UP": "hit_me_up hmu",
    "ON": "on",
    "IN": "in",
    "TALK": "talk/v chat/v",
    "CHAT": "chat/v",
    "SPEAK": "speak",
    "CONVERSATION": "conversation conversations",
    "TEXTS": "texts",
    "MOVE": "move/v take_this|it",
    "SWITCH": "switch/v",
    "LETS": "lets let's",
    "INSTEAD": "instead",
    "ANOTHER": "another",
    "DIFFERENT": "different",
    "OTHER": "other",
    "PLATFORM": "app apps platform site",
    "OFF": "off",
    "LATER": "later",
    "MEET": "meet meeting meetup meet_up link_up hang_out hangout link see_you see_u get_together visit "
    "come_over come_see pull_up",
    "ALONE": "alone by_yourself by_urself by_ourselves the_two_of_us one_on_one just_the_two_of_us "
    "just_you_and_me just_me_and_you just_me_and_u just_u_and_me just_us_two",
    "JUST_US": "just_us just_the_two_of_us just_you_and_me just_me_and_you just_u_and_me just_us_two only_us",
    "PLACE": "place crib spot",
    "APARTMENT": "apartment apt crib",
    "WEEKEND": "weekend",
    "PICK_UP": "pick_you_up pick_u_up scoop_you give_you_a_ride drive_you",
    "CORNER": "corner",
    "AFTER_DARK": "after_dark at_midnight midnight",
    "TRIP": "trip drive ride",
    "SEE": "see seeing",
    "BEHIND": "behind",
    "PROGRAM": "program programme center portal work",
    "ASLEEP": "asleep sleeping",
    "VISIT": "visit come_over",
    "BUY": "buy/v",
    "GIFT": "gift gifts present presents surprise",
    "SURPRISE_GIFT": "surprise_for_you",
    "SHOES": "shoes sneakers jordans nikes airpods",
    "CLOTHES": "clothes dress hoodie outfit",
    "CONSOLE": "ps5 xbox console iphone ipad switch vape",
    "NECKLACE": "necklace bracelet ring jewelry perfume",
    "WATCH": "watch",
    "THING": "homework test exam traffic suspense back feet heels legs shoes headache wait stress heat knee "
    "tooth allergies commute quiz game songs song jokes",
    "LEND": "lend/v loan/v lent spot_me spot_you",
    "BORROW": "borrow/v",
    "WIRE": "wire/v",
    "NEED": "need/v",
    "EXTRA": "extra",
    "GIFT_CARD": "gift_card gift_cards giftcard* steam_card itunes_card",
    "CODE": "code",
    "TRANSFER": "transfer/v",
    "PRICE": "robux vbucks v_bucks lunch_money",
    "TELL": "tell/v told mention/v let_on snitch",
    "SHOW": "show/v",
    "KNOW": "know/v knows knew find_out finding_out finds_out hear_about",
    "FIND_OUT": "find_out finding_out finds_out know see hear",
    "ABOUT": "about",
    "MUST": "has_to needs_to have_to need_to",
    "SHOULD": "should",
    "QUIET": "quiet hush on_the_low to_yourself between_me_and_you",
    "STAY": "stay stays",
    "BETWEEN_US": "between_us between_you_and_me between_me_and_you between_the_two_of_us between_u_and_me "
    "just_between_us btwn_us",
    "READ": "read reading",
    "FROM": "from",
    "PROMISE": "promise/v swear",
    "LITTLE": "little lil special own",
    "IN_LOVE": "in_love falling_for_you fallen_for_you have_feelings_for have_a_crush_on got_feelings_for "
    "catching_feelings caught_feelings attracted_to",
    "FALL": "falling_in_love crush",
    "LOVE": "love loves",
    "MORE_THAN_FRIEND": "more_than_a_friend more_than_friends more_than_just_friends more_than_a_mentor "
    "not_just_as_a_friend",
    "SEXY": "sexy hot_af thicc hottie fine_af gorgeous_body",
    "HOT": "so_hot look_hot hot_body",
    "BEAUTIFUL": "beautiful gorgeous stunning pretty",
    "LIPS": "lips eyes curves legs",
    "HOLD": "hold cuddle snuggle hold_you",
    "HUG": "cuddle",
    "DREAM": "dream/v dreamt",
    "MATURE": "mature grown",
    "AGE": "age",
    "JUST": "just only",
    "HANDSOME": "handsome cute",
    "GIRLFRIEND": "girlfriend gf",
    "UNDERWEAR": "underwear bra panties thong lingerie boxers",
    "SWIMSUIT": "bikini swimsuit bathing_suit",
    "SHOWER": "shower bath",
    "BATH": "bath",
    "WEARING": "wearing",
    "VIRGIN": "virgin",
    "CANT_STOP": "cant_stop can't_stop",
    "HEART_RACE": "heart_race butterflies",
    "MARRY": "marry",
    "SOULMATE": "soulmate soul_mate meant_to_be_together",
    "TURN_ON": "turn_me_on turns_me_on turn_you_on horny",
    "DATE": "date",
    # everyday
    "FICTION": "movie movies film films book books novel story stories song songs lyrics show episode series "
    "anime manga game games gta fortnite minecraft cod valorant homework essay chapter character characters "
    "poem play history documentary netflix tv youtube article news assignment presentation report class "
    "macbeth romeo juliet shakespeare hitler podcast season plot villain hero boss_fight level zombie zombies "
    "npc npcs awareness prevention hotline poster training lesson",
    "LAUGH": "laughing",
    "LAUGHTER": "laughing laughter lmao",
    "HUNGER": "hungry hunger starving",
    "THIRST": "thirst thirsty",
    "HEAT": "heat",
    "COLD": "cold",
    "BOREDOM": "boredom bored",
    "CURIOSITY": "curiosity to_know to_see to_find_out to_try to_meet to_hear to_go to_get to_watch to_ask to_tell",
    "EMBARRASSMENT": "embarrassment embarrassed embarrassing cringe awkward cringed",
    "HAPPINESS": "happiness joy",
    "COFFEE": "coffee",
    "NAP": "nap",
    "VACATION": "vacation",
    "GRADES": "grades report_card f detention broke_the late forgot lost",
    "LATE": "late",
    "GAME_CHARACTER": "boss zombie zombies enemy enemies monster level dragon npc mobs creeper bugs spider "
    "mosquito mosquitoes ants roach fly weeds",
    "BALL": "ball balls hoops hoop baskets free_throws threes dodgeball football baseball basketball frisbee",
    "PILLOW": "pillow",
    "SNOWBALL": "snowball snowballs",
    "GAME": "game dodgeball",
    "HAIR": "hair bangs haircut fade",
    "GRASS": "grass lawn hedges bushes yard",
    "CAKE": "cake bread onions onion veggies vegetables fruit apple apples steak pie",
    "PAPER": "paper coupons cardboard",
    "LINE": "line corners corner",
    "NAILS": "nails",
    "WOOD": "wood",
    "COSTS": "costs hours pay budget sugar carbs soda",
    "TEST": "test quiz exam",
    "ALLERGY": "allergy allergies allergy_season",
    "HEADACHE": "headache cramps cold flu fever",
    "VITAMIN": "vitamin vitamins",
    "MORNING": "morning",
    "DOCTOR": "doctor dr prescribed",
    "BIRTHDAY": "birthday bday",
    "CHRISTMAS": "christmas xmas graduation shower wedding valentines",
    "SANTA": "santa",
    "RECIPE": "recipe ingredient sauce garden agent level weapon",
    "INGREDIENT": "ingredient",
    "PARTY": "party",
    "SURPRISE": "surprise spoiler ending",
    "DOG": "dog puppy",
    "CAT": "cat kitten",
    "PET": "hamster bunny horse",
    "EVERYDAY": "ran|run|runs|running_away_with paper_cut papercut "
    "hit_me_up? kill|killing|killed|kills_time kill_it killed_it killing_it kills_it killin_it "
    "dead_tired dead_battery battery|phone_died|dead|dying battery_is_dying phone_is_dead phone_is_dying "
    "phone_is_about_to_die dead_line dead_end deadline drop_dead_gorgeous killer_workout killer_app "
    "to_die_for die_hard die_down died_down dying_to i'm_dead im_dead i_am_dead im_deadd deadass shoot_hoops "
    "shooting_hoops shoot_some_hoops shot_hoops shoot_me_a_text|message|email "
    "shoot_you_a|an_text|message|email shoot_for photo_shoot photoshoot hang_in_there hang_on hang_up hung_up "
    "hang_with hang_tight cut_it_out cut_to_the_chase cut_off cut_out cut_class cutting_class cut_back "
    "cut_down short_cut hit_the_gym hit_the_road hit_the_books hit_me_with_the|your hit_the_spot hit_home "
    "hit_different hits_different beat_the_level|game|boss|score|team|traffic|record beat_you_to beat_up_car "
    "heart_beat bath_bomb bombed_the|my|that photo_bomb bomb_pizza da_bomb the_bomb blow_up_balloons "
    "blowing_up_my_phone hurt_my_feelings hurt_her_feelings hurt_his_feelings burn_calories burned_my_tongue "
    "burned_the touch_base stay_in_touch keep_in_touch get_in_touch touched_my_heart touch_up in_touch "
    "touch_screen shots_of_espresso flu_shot flu_shots give_it_a_shot my_best_shot screenshot one_shot "
    "jump_rope jump_in jump_on jump_for_joy jumped_for_joy jump_start jumping_jacks run_away_with_the run_out "
    "run_late train_ride over_the_hill kill_two_birds knock_em_dead killer_whale snap_peas snap_a_pic "
    "ginger_snap oh_snap cold_snap my_snap_back signal_lost insta_pot instant* gift_card_drive suicide_squad "
    "suicides_at_practice suicide_sprints running_suicides ran_suicides suicide_drills suicide_prevention "
    "suicide_hotline suicide_lifeline ran_some_suicides suicide_awareness die_cast dye_my_hair hair_dye "
    "tie_dye die_roll roll_a_die two_dice dead_lift deadlift* deadpool walking_dead day_of_the_dead red_dead "
    "dead_week dead_space kill_bill to_kill_a_mockingbird thirteen_reasons_why hunger_games evil_dead "
    "rope_swing jump_roping rope_course ropes_course cry_laughing end_of_life",
    "WHEN_DEAD": "when|once|if|after_im|i'm_dead|gone",
    "ANYTHING": "anything everything",
    "BOUGHT+GOT_YOU": "got|brought_you|u|ya",
    "FINGER": "finger fingers thumb pinky",
    "BOARD_GAME": "chess checkers uno cards fortnite minecraft mario roblox madden fifa monopoly poker scrabble smash tekken",
    "FOR": "for",
    "HEAPS": "twenty thirty forty fifty sixty",
    "COACH": "coach teacher trainer",
    "ILLNESS": "cancer covid leukemia",
}

CRISIS = {
    "suicide": """
        dont|don't see POINT ALIVE|LIVE
        ! NEG see REASON LIVE
        by the time you READ
        time you READ this
        when im|i'm gone
        wont|won't be ALIVE
        wont|won't HERE TOMORROW|much
        wont|won't see ME again
        never see ME again
        give|giving away MY BAG|favorite
        google|googled|googling|searched|looked how DIE
        how many PILLS
        slit MY WRIST|THROAT
        planned|plan out how DIE
        ! NEG HERE anymore
        ! NEG WANT HERE
        WANT END MY LIFE
        cut MY WRIST|THROAT
        blow|blew MY brains
        drive off|into bridge|cliff|tree|wall
        walk into|in traffic
        not|stop existing
        no|not WANT do? LIFE anymore
        checking|check out of LIFE
        join MY FAMILY in heaven
        be WITH FAMILY in heaven
        ! nothing LIVE for
        ! nothing left
        ! NEG LIVE for
        I dont|don't deserve LIVE|ALIVE
    """,
    "self_harm": """
        I|been|started|still CUT AGAIN
        started|been CUT|HURT|BURN MYSELF|AGAIN
        relapsed & CUT|BLADE|last
        dig|digging MY NAILS skin
        punch|punching MYSELF
        bang|banging MY HEAD
        burned|burning|burn MYSELF
        hurt MYSELF
    """,
    "abuse": """
        HE|PERSON comes into MY ROOM
        comes into|in MY ROOM at NIGHT
        sneaks|sneak into|in MY ROOM|BED
        makes|made|make ME do THINGS|things|stuff
        makes|made ME watch
        puts|put his hands on|around ME|MY
        grabbed|grabs MY THROAT|PRIVATE
        FAMILY|ADULT|PARTNER grabbed|grabs|choked|slammed|kicked ME
        FAMILY|PARTNER throws|threw ME
        took|takes his|her belt
        HIT ME WHEN FAMILY|PERSON drunk|mad|angry
        WHEN .. drunk .. HIT
        drunk & HIT ME|FAMILY
        ! hasnt|hasn't|havent|haven't FEED|FOOD|EAT
    """,
    "violence": """
        I GO|WANT KILL HIM|HER|THEM
        dont|don't come|go to SCHOOL TOMORROW
        made|have a? hit|kill list
        I GO|WANT hurt|stab|shoot|kill SOMEONE|EVERYONE
        bring|bringing|brought GUN|KNIFE
    """,
    "running_away": """
        GO|WANT|THINK|PLAN run|bounce|dip tonight
        taking off tonight
        leaving|leave tonight
        run away
        out of HERE TONIGHT
        left|ran FROM? HOME & NIGHT|bus|know
        sleeping in car|park|STREET
    """,
    "trafficking": """
        sets|set ME up with MEN
        trade|traded ME for
        have|had to sleep with
        MONEY for SEX
        owe|owes HIM & SEX|MEN|WORK
        PERSON|PARTNER keeps|takes ALL MY MONEY
        takes ME to HOTEL
        HOTEL & MEN|stranger|strangers
    """,
}

CONCERN = {
    "suicide": """
        what is|the POINT anymore
        nothing matters
        no one|nobody would|will care|miss ME
        WISH I could|would DISAPPEAR|SLEEP
        I cant|can't do|take THIS|it anymore
        tired of everything
        so done with LIFE|everything
    """,
    "abuse": """
        scared of HIM|FAMILY|PARTNER
        scared|afraid to go HOME
        gets violent|physical
    """,
    "violence": """
        I GO|WANT fight|jump|hurt HIM|HER|THEM
        hurt SOMEONE
        so mad I could KILL
    """,
    "running_away": """
        WANT|GO get out of this? HOME
        think|thinking|thought about|of leaving|leave HOME
        THINK|WANT leaving|leave HOME
        WANT move out
    """,
    "romance": """
        you look|looking|looked so? SEXY|hot
        YOU so? hot|fine|sexy
        if you were older|18|eighteen
        wish you were older|18|mine
        special connection
        love you babe|baby|beautiful|sexy|gorgeous
        my baby|babe|love tonight
        send me? a? pic|picture|selfie tonight|alone|in
        be mine
        you are mine
        hey|hi|night sexy|gorgeous|babe
        you make me feel
    """,
    "secret_meeting": """
        sleep over|sleepover my PLACE
        come over when
        come over ALONE|TONIGHT
        meet me at|by|behind|in ... ALONE|TONIGHT|midnight|NEG
        my car & ALONE|JUST_US|park|NIGHT
        just come|walk outside|out NIGHT|when
        ill|i'll be waiting in|outside
    """,
    "other_apps": """
        add|follow me on
        whats|what's your APP|snap|insta|ig|discord
        hmu|hit me up on APP
        my ig|snap|insta|discord is
        got|have a? APP
        off this|the app|platform|site
        somewhere|place more? private
    """,
    "gifts": """
        got|get|getting|buy|bought you something|anything|smth|a
        got|brought you new|SHOES|CONSOLE|CLOTHES|NECKLACE
        little something & you
        something|little something for you
        treat you to
        ill|i'll|can buy|get you
        spoil you
    """,
    "money": """
        how much MONEY|cash you need
        need some? cash|MONEY you|i
        I can|could|will|ill spot|lend|loan|pay YOU
        PAY .. if YOU
        here is|heres|here's MONEY|$20
    """,
    "secrecy": """
        keep this|it to yourself
        keep this|it between
        they wouldnt|wouldn't|wont|won't understand
        dont|don't mention this|it
        no|nobody has|needs to know
        erase|delete|clear our|this|these|the chat|messages|texts|convo
        snitch
    """,
}

EVERYDAY = """
    HEAPS mg|ml|milligrams|minutes
    CUT|SELF_HARM MYSELF? on|with paper|page|sheet|cardboard
    BEAT ME|US|HIM|HER|THEM at BOARD_GAME
    love you FAMILY
    YOUR NUMBER in|on line|row|queue|team|jersey
    KILL for a
    KILL the vibe|mood|lights|music|engine|game|boss|competition|quiz|test
    KILL my back|feet|vibe|head|knees|stomach|wifi
    FAMILY will|gonna|going KILL ME
    THING .. killing me
    dead on|from|after|tired|serious|quiet
    HIT save|send|enter|submit|button|snooze
    it|that|this|reality just|really? HIT me
    HIT me|us like|in the feels
    cutting|cut it close
    meeting .. office|school|room|team
    send me .. homework|notes|link|form|address|list|schedule
    lets|let's go .. CLASS
"""
