"""Haitian Creole, in the official spelling, without its accents, and as people write it who read French."""

from __future__ import annotations

WORDS = {
    "FILL": "a la yo an nan pou ke de yon vreman anpil tou jis menm twop tèlman sa ki se ap te ta ye bagay la_a "
    "lan nm kap k non wi avek ak map",
    "I": "mwen m mw map mwn mwenmenm mpa mvle",
    "ME": "mwen m mw mwn",
    "MY": "mwen m mw",
    "MYSELF": "tèt_mwen tèt_mw tèt_m tet_mwen tet_mw tet_m tèt_pa_m tèt_pam kò_mwen_menm tetm tèm tètmwen",
    "SELF": "tèt_li tet_li tèt_yo tet_yo tèt_ou tèt_nou tetli",
    "YOU": "ou w wap",
    "YOUR": "ou w",
    "HIM": "li l",
    "HER": "li l",
    "THEM": "yo",
    "WE": "nou n",
    "US": "nou",
    "OUR": "nou",
    "PERSON": "li l yo moun yon_moun yon_nèg yon_gason yon_fanm lap yap",
    "SOMEONE": "yon_moun moun",
    "EVERYONE": "tout_moun yo_tout",
    "ANYONE": "pèsonn okenn_moun moun",
    "NOBODY": "pèsonn okenn_moun",
    "FAMILY": "manman papa paran paran_yo bòpè bèlmè tonton matant granpapa grann grangrann fanmi paren marenn "
    "manmanm papam bope manmi papi gran",
    "SIBLING": "frè sè kouzen kouzin ti_frè ti_sè frem sem",
    "ADULT": "pwofesè mèt_la antrenè patwon pastè vwazen nèg_la mesye granmoun nèg gason direktè misye nonm",
    "PARTNER": "mennaj menaj mari boyfriend boubout",
    "BOYFRIEND": "mennaj menaj boubout",
    "PEER": "zanmi zanmim kanmarad elèv",
    "STAFF": "sipèvizè pwogram pwofesè travayè_sosyal lapolis konseye",
    "NEG": "pa pap pat p poko pakab janm san pas ni mpa",
    "NEVER": "janm",
    "WITHOUT": "san",
    "WANT": "pito "
    "vle anvi swete bezwen panse prefere ap_panse santi_m_anvi gen_anvi pare_pou deside eseye pral prale pare",
    "GO": "pral prale ap pralem map ale pra",
    "TRY": "eseye",
    "TRIED": "te_eseye",
    "THINK": "panse reflechi panse_a",
    "PLAN": "plan planifye deside",
    "FEEL": "santi santi",
    "READY": "pare",
    "WISH": "swete ta_renmen ta_vle",
    "HOPE": "espere",
    "HAVE": "gen genyen",
    "BE": "ye la rete",
    "CAN": "kapab ka kab",
    "SAY": "di",
    "KEEP": "kenbe toujou kontinye",
    "MAKE": "fè fe fòse",
    "FORCE": "fòse oblije fose",
    "TAKE": "pran bwè vale bwe",
    "GIVE": "bay ban ba banm",
    "SEND": "voye",
    "COME": "vini vin antre",
    "LET": "kite",
    "LEAVE": "kite ale sove pati",
    "LEFT": "kite",
    "HERE": "isit la",
    "NOW": "kounya kounye_a",
    "ALWAYS": "toujou chak_jou chak_swa toutan chak_lannwit tout_tan",
    "OFTEN": "souvan pafwa lè",
    "AGAIN": "ankò anko",
    "EVERY": "chak",
    "TONIGHT": "aswè_a aswe_a aswè aswe jodi_a_menm",
    "TODAY": "jodi_a jodia",
    "TOMORROW": "demen",
    "SOON": "byento talè",
    "NIGHT": "nwit lannwit leswa swa dòmi aswè",
    "FOREVER": "pou_tout_tan nèt pou_toujou pou_tout_bon",
    "STILL": "toujou",
    "ALL": "tout",
    "MANY": "anpil pakèt",
    "WHOLE": "tout",
    "ENOUGH": "ase",
    "BOTTLE": "boutèy flakon",
    "IF": "si",
    "WHEN": "lè",
    "BECAUSE": "paske",
    "WHY": "poukisa",
    "WHAT": "ki kisa",
    "DIE": "mouri lanmò mouwi mori lanmo trepase",
    "DEAD": "mouri mò",
    "KILL": "touye tiye asasinen pann pandye toye tuye",
    "KMS": "touye_tèt_mwen touye_tet_mwen touye_tèt_mw touye_tet_m touye_tèt_m pann_tèt_mwen pann_tèt_mw "
    "pann_tet_m pann_tèt_m pran_lavi_mwen wete_lavi_mwen wete_lavi_m fini_ak_lavi_m fini_ak_lavi_mwen "
    "fini_avè_l fini_ak_tout_bagay tiye_tèt_mwen tiye_tèt_m tiye_tet_m",
    "KYS": "ale_touye_tèt_ou touye_tèt_ou",
    "SUICIDE": "swisid suisid touye_tèt_li touye_tet_li swiside tiye_tèt_li",
    "LIVE": "viv",
    "ALIVE": "vivan",
    "LIFE": "lavi lavim lavi_m",
    "EXIST": "egziste",
    "WAKE": "leve reveye",
    "NEVER_BORN": "pa_t_janm_fèt pat_janm_fèt pat_fèt pa_t_fèt pat_janm_fet pa_te_fèt pa_te_janm_fèt",
    "BORN": "fèt",
    "ANYMORE": "ankò anko",
    "STOP": "sispann",
    "CONTINUE": "kontinye",
    "END": "fini fen",
    "IT_ALL": "tout_bagay",
    "THIS": "sa",
    "EVERYTHING": "tout_bagay",
    "REASON": "rezon",
    "POINT": "sans",
    "SENSE": "sans",
    "WORTH": "vo",
    "DESERVE": "merite",
    "TIRED": "bouke fatige",
    "FED_UP": "bouke_ak bouke",
    "BETTER": "miyò pi_bon pi_byen miyo",
    "HAPPY": "kontan",
    "DISAPPEAR": "disparèt",
    "CARE": "enterese pran_swen",
    "MISS": "manke",
    "CRY": "kriye",
    "PILLS": "grenn grenn_medikaman medikaman konprime",
    "SWALLOW": "vale",
    "EAT": "manje",
    "FEED": "bay_manje banm_manje ban_m_manje ban_mwen_manje",
    "FOOD": "manje diri",
    "SAVE": "sere",
    "OVERDOSE": "odoz",
    "JUMP": "sote lage lage_kò_m voye_tèt_mwen jete_tèt_mwen",
    "HIGH_PLACE": "pon twati balkon fenèt",
    "TRAIN": "tren",
    "CAR": "machin",
    "FRONT": "devan anba",
    "HEAD": "tèt",
    "THROAT": "kou gòj",
    "VEINS": "venn",
    "WRIST": "ponyèt ponyet venn",
    "ROPE": "kòd",
    "NECK": "kou",
    "FOUND": "jwenn achte",
    "GOODBYE": "orevwa adye",
    "NOTE": "lèt",
    "LETTER": "lèt",
    "WRITE": "ekri",
    "WROTE": "ekri",
    "LAST": "dènye",
    "MESSAGE": "mesaj mesay",
    "DAY": "jou",
    "PAINLESS": "san_doulè",
    "WAY": "fason",
    "SLEEP": "dòmi domi",
    "CUT": "koupe",
    "HURT": "blese fè_mal fèm_mal fè_m_mal fe_mal fè_mwen_mal mal",
    "BURN": "boule",
    "SCRATCH": "grate",
    "SELF_HARM": "koupe_tèt_mwen koupe_tèt_m koupe_kò_m koupe_kò_mwen koupe_bra_m blese_tèt_mwen blese_tèt_m "
    "koupe_po_m boule_tèt_mwen fè_tèt_mwen_mal fè_tèt_m_mal koupe_tet_mwen koupe_tet_m blese_tet_m "
    "blese_tet_mwen fe_tet_mwen_mal fè_tèt_mw_mal koupe_tèt_mw",
    "SCARS": "sikatris mak",
    "BLADE": "jilèt razwa lam",
    "BLEED": "senyen",
    "ARM": "bra bram",
    "LEG": "janm kwis",
    "SKIN": "po",
    "HIDE": "kache",
    "HATE": "rayi",
    "BURDEN": "chay fado",
    "HOPELESS": "pa_gen_espwa san_espwa pèdi_espwa pa_gen_okenn_espwa",
    "WORTHLESS": "pa_vo_anyen pa_itil_anyen san_valè initil",
    "CANT_GO_ON": "pa_kapab_ankò pa_ka_ankò pa_kapab_anko pa_ka_sipòte_ankò pa_ka_anko pa_kab_ankò pa_ka_kontinye",
    "EMPTY": "vid",
    "INSIDE": "anndan",
    "PAIN": "doulè soufri soufrans",
    "HIT": "frape kale bimen kalote trangle maltrete souflete kraze bourade toufe taye fwete",
    "HIT_BY": "bat_m bat_mwen batm bat_mw batmwen bat_nou kale_m ban_m_kou ban_mwen_kou ban_m_baton ban_m_kalòt "
    "ban_m_yon_kalòt ban_m_souflèt ban_m_kout frape_m frape_mwen kalem",
    "BELT": "sentiwon matinèt rigwaz baton fil fwèt",
    "BRUISE": "mak_ble je_ble bleso",
    "ABUSE": "abize vyolante mete_men",
    "ABUSE_BY": "abize_m abize_mwen fè_kadejak_sou_mwen abizem",
    "RAPE": "vyole kadejak viole",
    "RAPE_BY": "vyole_m vyole_mwen kadejak_sou_mwen vyolem fè_kadejak kadejak_sou_m",
    "TOUCH": "touche manyen karese manyin tate",
    "PRIVATE": "pati_prive pati_entim anba_rad tete dèyè_m bounda pati_prive_m kote_prive",
    "WHERE": "kote",
    "UNDER": "anba",
    "WEIRD": "dwòl",
    "ROOM": "chanm chanmm",
    "BED": "kabann",
    "UNDRESS": "dezabiye retire_rad wete_rad toutouni wete_rad_mwen",
    "SEX": "sèks bagay_seksyèl fè_sèks bagay_sèks",
    "SLEEP_WITH": "kouche_ak kouche_avèk dòmi_ak kouche_avek domi_ak",
    "KISS": "bo anbrase",
    "LOCK": "fèmen mare anfèmen femen",
    "CLOSET": "chanm",
    "AFRAID": "pè krent perè pe",
    "SAFE": "an_sekirite sekirite",
    "HOME": "lakay kay lakay_mwen lakay_la lakaym",
    "SCHOOL": "lekòl lekol klas",
    "CLASS": "klas",
    "YELL": "rele kriye joure",
    "BULLY": "pèsekite pesekite moke pase_m_nan_betiz pase_mwen_nan_betiz ap_moke_m fè_m_lapèrèz toumante",
    "THREAT": "menase menas fè_chantay",
    "NUDES": "foto_toutouni foto_ou_toutouni nudes foto_san_rad",
    "PIC": "foto videyo",
    "ASK": "mande",
    "SHOOT": "tire",
    "STAB": "pike ponyade",
    "GUN": "zam revolvè fizi",
    "KNIFE": "kouto manchèt",
    "BOMB": "bonm",
    "BRING": "pote mennen",
    "BEAT": "bat kraze kale",
    "POISON": "anpwazonnen",
    "PAY": "peye",
    "REVENGE": "vanje tire_revanj",
    "GANG": "gang",
    "JOIN": "antre",
    "RUN_AWAY": "sove_kite sove_kite_kay kouri_kite kouri_kite_kay kite_kay_la kite_lakay kite_kay "
    "chape_poul_mwen chape_poul_m sove_ale sove_kay sove_lakay sove_poul sove_aswè",
    "ESCAPE": "chape sove",
    "RETURN": "tounen retounen",
    "BACK": "tounen",
    "PACK": "pare",
    "PACKED": "pare fèt",
    "BAG": "sak valiz rad malèt afè",
    "SNEAK_OUT": "soti_an_kachèt sòti_an_kachèt",
    "STREET": "lari deyò",
    "SECRET": "sekrè sekre an_kachèt kachèt kachet",
    "STAND": "sipòte",
    "ELSEWHERE": "lòt_kote yon_lòt_kote",
    "KICKED_OUT": "mete_m_deyò mete_mwen_deyò pa_gen_kote_pou_m_dòmi mete_m_deyo pa_gen_kote_pou_dòmi",
    "SELL": "vann",
    "SOLD_BY": "vann_mwen vann_m fè_pwostitisyon pwostitye vannm",
    "BODY": "kò ko",
    "MEN": "gason nèg mesye granmoun_gason nèg_yo gason_yo etranje",
    "STRANGERS": "etranje moun_mwen_pa_konnen",
    "CLIENT": "kliyan",
    "PIMP": "makrèl makro",
    "HOTEL": "otèl otel",
    "PASSPORT": "paspò paspo",
    "PAPERS": "papye",
    "BOSS": "patwon bòs",
    "OWE": "dwe dèt",
    "WORK": "travay",
    "MONEY": "lajan kòb dola kob",
    "NUMBER": "nimewo numero nimero",
    "PHONE": "telefòn telefon",
    "CELL": "selilè",
    "EMAIL": "imel imèl",
    "HANDLE": "non_itilizatè",
    "USERNAME": "non_itilizatè",
    "ADDRESS": "adrès",
    "PERSONAL": "pèsonèl prive",
    "TEXT": "tèks tekste ekri",
    "CALL": "rele",
    "ADD": "ajoute add",
    "FOLLOW": "swiv",
    "FIND": "chèche",
    "TALK": "pale koze",
    "CHAT": "chat tchat",
    "SPEAK": "pale",
    "CONVERSATION": "konvèsasyon koze_a",
    "MOVE": "pase",
    "SWITCH": "chanje",
    "LETS": "ann annou",
    "INSTEAD": "pito",
    "ANOTHER": "lòt",
    "OTHER": "lòt",
    "PLATFORM": "aplikasyon app",
    "MEET": "rankontre kontre jwenn",
    "ALONE": "poukont_ou poukont_nou poukò_ou sèl pou_kont_ou pou_kont_nou sèl_ou_menm poukont",
    "JUST_US": "nou_de_a sèlman jis_nou_de ou_menm_avè_m sèlman_nou_de sèl_nou_de nou_de_sèlman jis_mwen_ak_ou",
    "PLACE": "lakay_mwen kay_mwen lakay_m kay_m",
    "PICK_UP": "vin_chèche_w pase_chèche_w vin_pran_w pase_pran_w chache_w vin_pran_ou",
    "CORNER": "kwen",
    "SEE": "wè",
    "BEHIND": "dèyè",
    "PROGRAM": "pwogram sant",
    "ASLEEP": "dòmi",
    "BUY": "achte",
    "BOUGHT": "achte",
    "GIFT": "kado sipriz",
    "SHOES": "tenis soulye",
    "CLOTHES": "rad wòb",
    "CONSOLE": "iphone",
    "NECKLACE": "chenn braslè",
    "THING": "devwa egzamen chalè grangou tèt_fè_mal pye",
    "LEND": "prete",
    "BORROW": "prete",
    "TRANSFER": "transfere voye",
    "TELL": "di rakonte pale",
    "SHOW": "montre",
    "KNOW": "konnen konn aprann",
    "FIND_OUT": "konnen aprann",
    "MUST": "dwe bezwen",
    "STAY": "rete",
    "BETWEEN_US": "ant_nou ant_mwen_ak_ou ant_nou_de ant_nou_menm ant_ou_menm_ak_mwen",
    "DELETE": "efase siprime",
    "READ": "li fin_li",
    "FROM": "pou",
    "PROMISE": "pwomèt jire",
    "LITTLE": "ti",
    "IN_LOVE": "damou renmen_w_anpil tonbe_damou fou_pou_ou",
    "LOVE": "renmen",
    "MORE_THAN_FRIEND": "plis_pase_zanmi plis_ke_zanmi plis_pase_yon_zanmi",
    "SEXY": "sexy seksi",
    "BEAUTIFUL": "bèl bel",
    "LIPS": "bouch je",
    "HOLD": "kenbe sere",
    "DREAM": "reve",
    "MATURE": "matirite_pou",
    "AGE": "laj",
    "VIRGIN": "vyèj",
    "MARRY": "marye",
    "UNDERWEAR": "kilòt soutyen",
    "FICTION": "fim liv istwa chante jwèt sinema pèsonaj chapit devwa emisyon epizòd jwet woman prevansyon",
    "LAUGHTER": "ri",
    "HUNGER": "grangou",
    "THIRST": "swaf",
    "HEAT": "chalè",
    "COLD": "fredi frèt",
    "BOREDOM": "anwi annwiye",
    "EMBARRASSMENT": "wont",
    "SLEEPY": "dòmi_nan_je",
    "TIREDNESS": "fatig",
    "HAPPINESS": "kontantman",
    "GRADES": "nòt kanè",
    "LATE": "reta ta",
    "BALL": "balon boul",
    "HAIR": "cheve",
    "GRASS": "zèb gazon",
    "CAKE": "gato pen zonyon legim vyann fwi",
    "PAPER": "papye",
    "NAILS": "zong",
    "WOOD": "bwa",
    "TEST": "egzamen",
    "ALLERGY": "alèji",
    "HEADACHE": "tèt_fè_mal grip lafyèv",
    "VITAMIN": "vitamin",
    "DOCTOR": "doktè",
    "BIRTHDAY": "anivèsè fèt",
    "CHRISTMAS": "nwèl maryaj",
    "PARTY": "fèt",
    "DOG": "chen",
    "CAT": "chat_la",
    "EVERYDAY": "grangou_ap_touye_m grangou_ap_touye_mwen mouri_ri mouri_grangou touye_tan mouri_dòmi "
    "mouri_ak_ri tèt_fè_mal tèt_mwen_fè_m_mal tèt_mwen_ap_fè_m_mal tèt_mwen_fè_mal tèt_fè_m_mal bat_men "
    "bat_bravo chat_la fè_m_mal_lè kè_m_ap_bat vant_fè_m_mal vant_fè_mal pye_m_fè_m_mal pye_m_ap_touye_m "
    "do_m_ap_touye_m dan_fè_m_mal tèt_chaje te_bat_yo bat_yo_nan ale_lakay",
    "FINGER": "dwèt dwet",
    "SPORT": "foutbòl foutbol basketbòl baskèt domino",
    "OURS": "maten",
    "HEAPS": "ven trant karant senkant pakèt",
    "COACH": "antrenè pwofesè",
    "ILLNESS": "kansè",
}

CRISIS = {
    "suicide": """
        ! NOBODY NEG? CRY|MISS|NOTICE|CARE lè|si I|ME pa|pap la
        anvi|vle mouri
        ! pa|pap vle viv|leve|la ankò|anko
        ! pa|pap vle|anvi viv
        ! pa|pap ka|kapab viv
        miyò|miyo mwen|m mouri
        miyò|miyo san mwen|m
        pi byen|bon san mwen|m
        si mwen|m te? mouri
        si m|mwen mouri
        touye|tiye|pann|koupe MYSELF
        bouke ak? LIFE|viv
        lavi pa? gen? sans
        lavi pa gen|vo
        ! LIFE .. pa .. sans|anyen
        ! pa gen rezon LIVE
        fini ak LIFE
        map|ap touye|tiye MYSELF
        bwè|pran|vale tout PILLS
        lage|voye|jete MYSELF|kò pon|twati|anba|devan
        dòmi epi? pa|pap? leve
        pap la demen
        pa wè|gen REASON viv
        ! yo t ap|ta BETTER san mwen
    """,
    "self_harm": """
        koupe|blese|boule|grate MYSELF
        koupe bra|janm|po|ponyèt|kò mwen|m
        koupe bram
    """,
    "abuse": """
        NUDES & entènèt|facebook|APP
        FAMILY|ADULT|PARTNER|PERSON bat|frape|kale|maltrete mwen|m|nou|mw
        FAMILY|ADULT|PARTNER|PERSON .. bat|frape|kale mwen|m|nou|mw
        ap|konn|toujou bat|kale|frape mwen|m|mw|nou
        HIT_BY
        touche|manyen mwen|m|mw
        touche|manyen kò|pati|anba|tete mwen|m
        FAMILY|ADULT|PARTNER|PERSON .. touche|manyen PRIVATE|pati|kò
        TOUCH PRIVATE
        vin|antre nan chanm|kabann mwen|m
        fòse|oblije mwen|m fè|kouche|SEX|touche
        fèmen mwen|m nan|deyò
        ! pa ban|bay mwen|m manje
        FAMILY bat|frape FAMILY|li
        mete men sou|nan mwen|m|kò
        FAMILY|ADULT|PARTNER blese|boule|trangle|toufe mwen|m
    """,
    "violence": """
        map|pral|vle|ap touye|tiye|pike li|l|yo|FAMILY|ADULT|PEER|moun|tout
        di l|li ap|pral touye|tiye mwen|m
        di .. touye|tiye mwen|m
        vle|ap touye|tiye mwen|m
        menase mwen|m
        pote|mennen GUN|KNIFE|bonm lekòl
        mete dife SCHOOL|HOME
    """,
    "running_away": """
        sove|kite|pati|ale HOME TONIGHT
        map|pral|vle|ap sove
        kite HOME|kay pou tout
        ale|pati pap|pa janm? tounen
        ale pou tout tan
        prale|ale pou mwen? pa janm? tounen|RETURN
        ! prale|ale|pati .. pa|pap janm? tounen|RETURN
        dòmi|dòmi nan lari
        mwen|m kite|sove HOME
        valiz|sak mwen? pare
    """,
    "trafficking": """
        fòse|oblije mwen|m vann|kouche|travay
        vann kò|ko mwen|m
        kouche ak MEN|moun .. lajan|kòb|peye
        kouche ak nèg|gason|mesye|kliyan
        pran|kenbe paspò|papye mwen|m
        pran tout lajan|kòb mwen|m
        lajan|kòb pou kouche|sèks|foto
    """,
}

CONCERN = {
    "suicide": """
        mwen|m rayi LIFE|MYSELF
        m ta swete|renmen|vle disparèt
        pa vo anyen
        mwen|m se chay|fado
        pèsonn pa renmen mwen|m
        pa kapab ankò|anko
        pa ka ankò|anko
        bouke ak tout
    """,
    "abuse": """
        AFRAID rete .. kont .. FAMILY|PARTNER
        AFRAID rete ak FAMILY|PARTNER
        pè FAMILY|PARTNER|lakay|tounen
        AFRAID ale|rantre|tounen|RETURN lakay|HOME
        AFRAID .. RETURN
        pè tounen|rantre|ale
        ! pa an SAFE lakay
        toujou ap? rele|joure sou? mwen|m
        moke mwen|m
    """,
    "violence": """
        FAMILY ap|pral touye mwen|m
        pral|vle|map bat|kraze|frape li|l|yo
    """,
    "running_away": """
        vle|anvi|panse kite HOME|lakay|kay
        ! pa vle|anvi viv|rete lakay|isit|ak
        sove kite
    """,
    "contact_details": """
        nimewo telefòn? mwen|m
        men|se nimewo|telefòn mwen|m
        ban|voye|banm m? nimewo|telefòn|adrès ou|w
        rele|ekri|tekste mwen|m nan|sou nimewo|telefòn|imel|APP|PERSONAL
    """,
    "other_apps": """
        ajoute|ekri|swiv|jwenn mwen|m sou? APP
        pale|kontinye|chat|ekri sou APP
        ou|w gen APP
        ann|annou ale|pase|pale sou APP
        APP mwen|ou|w|m
        pale an prive
        lòt aplikasyon
    """,
    "secret_meeting": """
        vin .. ALONE
        rankontre|kontre|wè ALONE|JUST_US|kachèt|san
        vin lakay|kay mwen|m
        vin poukont|sèl
        ! pa mennen|vini ak FAMILY|PERSON|moun|NOBODY
        san FAMILY|paran .. konnen
        lè FAMILY|paran .. pa la
        lè FAMILY .. dòmi
        vin chèche|pran w|ou aswè|kwen|ALONE
        soti an kachèt
    """,
    "gifts": """
        gen yon PHONE|SHOES|CLOTHES|CONSOLE|NECKLACE .. pou ou|w
        achte|pote yon|kèk|kado pou ou|w
        achte pou ou|w
        achte ba|ban ou|w
        mwen|m achte yon kado
        gen yon kado|sipriz pou ou|w
        bay|ba|fè w|ou kado
    """,
    "money": """
        prete m|mwen|w|ou lajan|kòb|dola
        voye|bay|ban|ba m|mwen|w|ou yon? ti? lajan|kòb|dola
        peye w|ou
        bezwen lajan|kòb
    """,
    "secrecy": """
        ! pa di|rakonte|montre FAMILY|moun|pèsonn|manman|papa|paran|STAFF
        ! pa di .. FAMILY|moun|pèsonn
        ! pa kite .. FAMILY|moun konnen
        ti? sekrè nou
        se yon? sekrè ant
        kenbe sa|li sekrè|pou
        rete ant nou
        efase mesaj|konvèsasyon|yo|tout
        pèsonn pa dwe|bezwen konnen
        ! FAMILY|paran pa dwe|bezwen konnen
    """,
    "romance": """
        mwen|m damou
        m|mwen renmen w|ou plis|kòm
        ou tèlman? bèl & kò|bouch|cheri|seksi
        ou seksi|cho
        vle|anvi bo|anbrase|touche|kenbe w|ou
        voye yon? foto ou|w|kò|toutouni
        ou gen mennaj|menaj
        panse a|sou? ou|w lannwit|chak|tout
        m|mwen reve ou|w
        laj pa gen|konte
        vin mennaj mwen|m
        kouche avè|ak mwen|m|ou
    """,
}

EVERYDAY = """
    yo HIT_BY ... nan SPORT
    THING|grangou|chalè|fatig|devwa|pye|do|fredi ap|pral touye|tiye mwen|m
    FAMILY ap|pral touye mwen|m si|lè|paske
    si|lè ... FAMILY ap|pral touye mwen|m
    mouri ak? ri|grangou|swaf|chalè|dòmi|wont|fredi
    ri jiskaske? mouri
    koupe HAIR|GRASS|CAKE|PAPER|NAILS|WOOD|legim|vyann|pen
    renmen ou|w FAMILY
    bat boul|balon|men|ekip|ze
    tèt fè|ap m|mwen|fè mal
    vant|pye|do|dan mwen|m fè m|mwen? mal
    pran medikaman pou alèji|tèt|grip
"""
