"""French of France, Canada, West Africa and Haiti, with what young people make of it in messages."""

from __future__ import annotations

WORDS = {
    "FILL": "de d du des le la l les un une en y a au aux tres trop vraiment juste tellement que qu par pour si "
    "bien encore plus_ou_moins putain grave tout_simplement ne n mon ma mes moi_meme etre suis etais meme ce "
    "cette cet ca envie_folle merde l_envie petit petite sur avec",
    "I": "je j jai jsuis chui chuis jvais jveux jpeux jme moi ji",
    "ME": "me m moi",
    "MY": "mon ma mes",
    "MYSELF": "moi_meme",
    "YOU": "tu te t toi vous",
    "YOUR": "ton ta tes votre vos",
    "SELF": "se s lui_meme elle_meme",
    "HIM": "le lui l",
    "HER": "la elle lui l",
    "THEM": "les leur eux elles",
    "WE": "nous on",
    "US": "nous",
    "OUR": "notre nos",
    "PERSON": "il elle ils elles quelqu_un quelquun on qui un_mec un_homme un_type une_femme",
    "SOMEONE": "quelquun quelqu'un",
    "EVERYONE": "tous tout_le_monde toute_la_classe tlm",
    "ANYONE": "personne quelquun quelqu'un autres",
    "NOBODY": "personne",
    "FAMILY": "maman mere papa pere parents parent beau_pere belle_mere beaupere oncle tonton tante tata papi "
    "mamie grand_pere grand_mere famille daron daronne darons reuf_aine tuteur vieux",
    "SIBLING": "frere soeur cousin cousine frangin frangine reuf",
    "ADULT": "prof professeur maitresse maitre entraineur coach patron pasteur pretre voisin homme hommes "
    "monsieur directeur adulte adultes educateur educatrice surveillant mec_plus_age animateur",
    "PARTNER": "copain mec copine petit_ami petite_amie mari conjoint ex",
    "BOYFRIEND": "copain copine petit_ami petite_amie mec meuf",
    "PEER": "ami amie amis copains pote potes camarade meilleure_amie meilleur_ami mecs garcon fille",
    "STAFF": "superviseur superviseure educatrice educateur coordinatrice psy programme assistante_sociale prof police",
    "NEG": "ne n pas jamais ni aucun aucune sans non rien",
    "NEVER": "jamais",
    "WITHOUT": "sans",
    "WANT": "veux veut voulais voulait vouloir voudrais envie_de envie envies voulu veulent jveux veu aimerais "
    "jaimerais pense_a pensais_a pensees_de prefere prefererais je_vais jvais vais essaye_de essaie_de "
    "essaye|essayer_de planifie decide_de vas songe_a penser_a pense_au pret|prete_a souhaite reve_de pensees",
    "GO": "vais vas va vont allons aller irai jvais ira",
    "TRY": "essai/er tent/er essay/er",
    "TRIED": "essaye tente",
    "THINK": "pens/er pense song/er",
    "PLAN": "plan planifi/er prevu prevois",
    "FEEL": "sens sens sent sentir ressens",
    "READY": "pret prete",
    "WISH": "aimerais voudrais jaimerais souhaite si_seulement",
    "HOPE": "espere",
    "DO": "faire commettre",
    "HAVE": "ai as a ont avoir avait jai possede",
    "BE": "etre est suis rester",
    "CAN": "peux peut pouvoir supporte jpeux arrive",
    "SAY": "dit dis disent dire disait",
    "KEEP": "gard/er reste",
    "MAKE": "fait font faire oblige force",
    "FORCE": "forc/er oblig/er contraint",
    "TAKE": "prend prends pris prendre prenne aval/er",
    "GIVE": "donn/er file passe",
    "SEND": "envo* envoi/er envoy/er file balance pass/er",
    "COME": "viens venir vient vienne entr/er",
    "LET": "laiss/er",
    "LEAVE": "part pars partir casse barre tire quitt/er me_casser me_barrer me_tirer me_casse me_barre "
    "se_casser me_taille me_tire",
    "LEFT": "parti partie quitte",
    "HERE": "ici la",
    "NOW": "maintenant mtn",
    "ALWAYS": "toujours tout_le_temps chaque_jour tous_les_jours tous_les_soirs chaque_nuit chaque_soir "
    "sans_arret sans_cesse arrete_pas",
    "OFTEN": "souvent des_fois parfois quand encore quand_il",
    "AGAIN": "encore de_nouveau recommence",
    "EVERY": "chaque tous",
    "TONIGHT": "ce_soir cette_nuit cte_nuit",
    "TODAY": "aujourdhui aujourd'hui",
    "TOMORROW": "demain",
    "SOON": "bientot",
    "NIGHT": "nuit soir dort dormir",
    "FOREVER": "pour_toujours a_jamais pour_de_bon definitivement jamais",
    "STILL": "encore",
    "ALL": "tous toute toutes tout",
    "MANY": "beaucoup plein tas",
    "WHOLE": "entiere boite plaquette tout",
    "ENOUGH": "assez",
    "BOTTLE": "boite plaquette flacon bouteille",
    "IF": "si",
    "WHEN": "quand lorsque",
    "BECAUSE": "parce car pcq",
    "WHY": "pourquoi",
    "WHAT": "quel quoi cest",
    "WHAT_FOR": "a_quoi_bon a_quoi_ca_sert",
    "DIE": "mourir meurs meurt mourrai mourais crev/er mort creve mourir_maintenant claquer "
    "disparaitre_pour_toujours mourrir mourire",
    "DEAD": "mort morte crever",
    "KILL": "tu/er assassin/er butt/er bute but/er egorg/er pend/re flingu/er plant/er_un_couteau",
    "KMS": "me_suicider me_suicide me_pendre me_buter me_foutre_en_l_air me_foutre_en_lair me_flinguer "
    "me_jeter_par_la_fenetre me_jeter_sous me_jeter_du m_ouvrir_les_veines mouvrir_les_veines "
    "m'ouvrir_les_veines m_oter_la_vie en_finir en_finir_avec_la_vie mettre_fin_a_mes_jours "
    "mettre_fin_a_ma_vie me_tirer_une_balle me_noyer me_defenestrer m_enlever_la_vie m'enlever_la_vie "
    "finir_ma_vie fini_avec_la_vie se_foutre_en_l_air mettre_fin_a_ses_jours sauter_du_pont "
    "sauter_par_la_fenetre m_tuer se_pendre me_pends",
    "KYS": "suicide_toi tue_toi va_crever va_mourir",
    "SUICIDE": "suicid/er suicide~ suicidaire suicides se_tuer s_est_tue s'est_tue suicider",
    "LIVE": "vivre vis vivant continuer_a_vivre continuer_comme_ca continuer_ma_vie",
    "ALIVE": "vivant vivante en_vie de_ce_monde sur_terre",
    "LIFE": "vie",
    "EXIST": "exist/er",
    "BREATHE": "respirer",
    "WAKE": "reveill/er reveiller lever",
    "NEVER_BORN": "jamais_ne jamais_nee pas_ne pas_nee jamais_etre_ne jamais_exister jamais_naitre pas_exister "
    "pas_etre_ne pas_etre_nee",
    "BORN": "ne nee naitre",
    "ANYMORE": "plus pu",
    "STOP": "arret/er cesser",
    "CONTINUE": "continu/er",
    "END": "arret/er arrete fin/ir termin/er arreter mettre_fin",
    "IT_ALL": "tout",
    "THIS": "cette ca",
    "EVERYTHING": "tout",
    "REASON": "raison raisons",
    "POINT": "interet but",
    "SENSE": "sens",
    "WORTH": "vaut",
    "DESERVE": "merit/er",
    "TIRED": "fatigue fatiguee marre epuise epuisee",
    "FED_UP": "marre_de ras_le_bol_de saoule_de degoute_de lasse_de marre",
    "BETTER": "mieux meilleur",
    "HAPPY": "heureux contents soulages",
    "DISAPPEAR": "dispara* disparaitre disparais disparaissais pas_la plus_la",
    "CARE": "fout importe soucie",
    "MISS": "manquerais manque",
    "NOTICE": "remarquerait apercevrait",
    "CRY": "pleur/er pleure",
    "PILLS": "doliprane dolipranes medicaments medocs cachets cachet pilules comprimes medoc doliprane xanax",
    "SWALLOW": "aval/er gober",
    "EAT": "mang/er manger bouffer",
    "FEED": "nourri* nourrir donne_a_manger donnent_a_manger",
    "FOOD": "manger nourriture repas pizza burger",
    "SAVE": "gard/er stock/er",
    "OVERDOSE": "overdose surdose",
    "JUMP": "saut/er jet/er jette jeter",
    "HIGH_PLACE": "pont toit balcon fenetre falaise immeuble",
    "TRAIN": "train metro rails rer",
    "CAR": "voiture voitures camion",
    "FRONT": "devant_le sous_le sous_un devant_un",
    "HEAD": "tete tempe bouche",
    "THROAT": "gorge cou",
    "VEINS": "veines poignets",
    "WRIST": "poignet poignets veines",
    "ROPE": "corde",
    "NECK": "cou",
    "FOUND": "trouve achete",
    "GOODBYE": "adieu adieux au_revoir",
    "NOTE": "lettre mot",
    "LETTER": "lettre",
    "WRITE": "ecrire",
    "WROTE": "ecrit",
    "LAST": "dernier derniere",
    "MESSAGE": "message messages sms",
    "DAY": "jour",
    "PAINLESS": "sans_souffrir sans_douleur",
    "WAY": "moyen facon",
    "SLEEP": "dormir mendormir endormir m'endormir",
    "CUT": "coup/er taillad/er mutil/er scarifi/er charcut/er ouvrir",
    "HURT": "bless/er fais_mal fait_mal faire_mal font_mal faire_du_mal fais_du_mal fait_du_mal font_du_mal",
    "BURN": "brul/er",
    "SCRATCH": "griff/er",
    "SELF_HARM": "automutil* auto_mutil* scarifi/er scarification scarifications me_scarifie me_mutile "
    "me_taillade me_mutiler me_tailler_les me_fais_du_mal me_faire_du_mal me_faire_mal me_fais_mal_expres "
    "me_brule_la me_brule_avec me_suis_mutilee me_suis_scarifiee me_suis_taillade m_ouvre_la_peau "
    "me_griffe_jusqu",
    "SCARS": "cicatrices cicatrice",
    "BLADE": "lame lames rasoir cutter",
    "BLEED": "saign/er sang",
    "ARM": "bras avant_bras",
    "LEG": "jambe jambes cuisse cuisses",
    "SKIN": "peau",
    "HIDE": "cach/er",
    "CALM": "calme soulage",
    "STARVE": "me_laisse_mourir_de_faim arrete_de_manger mange_plus_rien me_prive_de_manger",
    "THROW_UP": "vomir vomis",
    "HATE": "deteste hais hait haine",
    "BURDEN": "fardeau poids",
    "HOPELESS": "sans_espoir aucun_espoir plus_d_espoir sans_issue pas_d_issue plus_d'espoir pas_d'issue aucune_issue",
    "WORTHLESS": "bon_a_rien bonne_a_rien sers_a_rien sert_a_rien_moi vaux_rien ne_vaux_rien nul_a_chier une_merde",
    "GIVE_UP": "abandonne_tout baisse_les_bras",
    "CANT_GO_ON": "n_en_peux_plus j_en_peux_plus n'en_peux_plus j'en_peux_plus en_peux_plus_de_vivre "
    "peux_plus_continuer ne_tiens_plus tiens_plus_le_coup a_bout",
    "EMPTY": "vide",
    "INSIDE": "interieur dedans",
    "PAIN": "douleur souffrance souffrir",
    "HIT": "frapp/er tap/er cogn/er gifl/er batt/re bat battu battue frappait tabass/er fouett/er etrangl/er "
    "pouss/er tape_dessus donne_des_coups donne_une_claque colle_des_baffes met_des_coups met_des_claques "
    "met_des_baffes leve_la_main_sur met_la_main_dessus secou/er defonc/er maltrait/er chicot/er",
    "HIT_BY": "suis_battu suis_battue suis_frappe suis_frappee me_fais_frapper me_fais_taper me_fait_frapper "
    "me_fais_battre me_fais_cogner",
    "BELT": "ceinture fouet cable chicote rigoise baton martinet",
    "BRUISE": "bleus bleu_sur hematomes cocard oeil_au_beurre_noir",
    "ABUSE": "abus/er agress/er attouch* harcele_sexuellement abuse maltrait/er",
    "ABUSE_BY": "abuse_de_moi abuser_de_moi attouchements agression_sexuelle agressee_sexuellement "
    "agresse_sexuellement",
    "RAPE": "viol/er viol",
    "RAPE_BY": "ma_viole m'a_viole m'a_violee violee suis_fait_violer s_est_fait_violer fait_violer me_viole",
    "TOUCH": "touch/er caress/er pelot/er tripot/er met_la_main met_ses_mains",
    "PRIVATE": "parties_intimes intime intimes seins fesses cuisses entre_les_jambes sous_mes_vetements "
    "sous_mon_tee_shirt culotte parties_privees cul",
    "WHERE": "ou endroits",
    "UNDER": "sous",
    "WEIRD": "bizarre mal",
    "ROOM": "chambre",
    "BED": "lit",
    "UNDRESS": "deshabill/er nue nu me_mettre_nue enlever_mes_vetements enleve_tes_vetements a_poil",
    "SEX": "sexe relations_sexuelles choses_sexuelles rapports rapport_sexuel fellation coucher sexuel",
    "SLEEP_WITH": "couch/er_avec couche|coucher_avec dormir_avec_des_hommes coucher_avec",
    "KISS": "embrass/er bisou_sur_la_bouche embrasse",
    "LOCK": "enferm/er sequestr/er attach/er",
    "CLOSET": "placard chambre",
    "BASEMENT": "cave",
    "BATHROOM": "toilettes salle_de_bain",
    "AFRAID": "peur terrifie terrifiee flippe crains",
    "SAFE": "securite",
    "HOME": "maison chez_moi foyer chez_nous appart domicile",
    "SCHOOL": "ecole college lycee cours classe bahut",
    "CLASS": "classe",
    "YELL": "cri/er gueul/er hurl/er",
    "BULLY": "harcele harcelement harcelent se_moquent_de_moi se_moque_de_moi se_foutent_de_moi moquent",
    "THREAT": "menac/er chantage menace",
    "POST": "balanc/er diffus/er publi/er post/er",
    "SHARE": "partag/er",
    "NUDES": "nudes nude photo_nue photos_nue photos_nues photo_de_toi_nue dickpic photos_denudees photo_intime "
    "photos_intimes",
    "PIC": "photo photos selfie video",
    "ASK": "demand/er",
    "SHOOT": "tir/er_sur tirer_dessus flingu/er fusill/er",
    "STAB": "poignard/er plant/er suriner planter",
    "GUN": "pistolet arme flingue fusil gun",
    "KNIFE": "couteau schlass machette",
    "BOMB": "bombe",
    "BRING": "amen/er apport/er ramen/er ramener amene ramene",
    "CARRY": "port/er",
    "EXPLODE": "explos/er",
    "POINT_AT": "point/er braqu/er",
    "BEAT": "tabass/er defonc/er peter_la_gueule casser_la_gueule niquer demonter",
    "POISON": "empoisonn/er",
    "BACKPACK": "sac",
    "PAY": "pay/er pai/er",
    "REVENGE": "venger vengeance",
    "RUN_AWAY": "fugu/er fugue enfuir enfuis senfuir m'enfuir m'enfuis s'enfuir menfuir sauver_de_chez "
    "me_sauver_de me_sauver_ce_soir me_casser_de_chez me_casse_de_chez me_barrer_de_chez me_barre_de_chez "
    "partir_de_chez_moi partir_de_la_maison quitter_la_maison me_tirer_de_chez pars_de_chez_moi me_tailler_de",
    "ESCAPE": "echapp/er partir",
    "RETURN": "reven/ir reviens reviendrai revenir revient rentr/er",
    "BACK": "retour",
    "PACK": "prepar/er",
    "PACKED": "pret prets prete faits fait faite",
    "BAG": "sac valise affaires sacs",
    "SNEAK_OUT": "sors_en_cachette faire_le_mur par_la_fenetre fait_le_mur fais_le_mur sortir_en_cachette",
    "BUS": "bus car",
    "STREET": "rue dehors",
    "PARK": "parc",
    "STATION": "gare",
    "SECRET": "secret secrets cachette cachettes secretement",
    "STAND": "supporte",
    "ELSEWHERE": "ailleurs autre_part",
    "KICKED_OUT": "ma_mis_a_la_porte m'a_mis_a_la_porte mis_dehors m'ont_mis_dehors m'a_mis_dehors "
    "ma_vire_de_la_maison nulle_part_ou_dormir nulle_part_ou_aller",
    "SELL": "vend/re vendre prostitu*",
    "SOLD_BY": "me_vend me_vendre me_prostituer me_prostitue me_vendent prostituer",
    "BODY": "corps",
    "MEN": "hommes mecs types inconnus clients vieux ses_potes ses_amis",
    "STRANGERS": "inconnus",
    "CLIENT": "client clients",
    "PIMP": "proxenete maquereau mac_me",
    "HOTEL": "hotel",
    "PASSPORT": "passeport passeports",
    "PAPERS": "papiers",
    "BOSS": "patron patronne",
    "OWE": "dois dette",
    "WORK": "travaill/er bosser travail",
    "MONEY": "argent fric thune thunes sous euros euro balles oseille ble_",
    "NUMBER": "numero num 06 tel",
    "PHONE": "telephone tel portable",
    "CELL": "portable",
    "EMAIL": "mail email adresse_mail",
    "HANDLE": "pseudo",
    "USERNAME": "pseudo identifiant",
    "ADDRESS": "adresse",
    "PERSONAL": "perso personnel prive",
    "TEXT": "ecri* ecris ecrire sms",
    "CALL": "appel/er appelle",
    "ADD": "ajout/er rajoute",
    "FOLLOW": "suis_moi abonne_toi follow",
    "FIND": "cherche_moi retrouve_moi",
    "TALK": "parl/er discut/er",
    "CHAT": "discut/er tchat/er conversation",
    "SPEAK": "parl/er",
    "CONVERSATION": "conversation discussion conv",
    "MOVE": "pass/er",
    "SWITCH": "pass/er",
    "LETS": "viens plutot allons",
    "INSTEAD": "plutot",
    "ANOTHER": "autre",
    "OTHER": "autre",
    "PLATFORM": "appli application plateforme site",
    "LATER": "plus_tard",
    "MEET": "se_voir se_retrouver rencontrer rencontre retrouver voie retrouv/er rejoin* rejoins rejoindre "
    "rejoignons voir_dehors te_voir rdv rendez_vous voir",
    "ALONE": "seul seule seuls seules tous_les_deux toi_et_moi en_tete_a_tete rien_que_nous_deux",
    "JUST_US": "juste_nous_deux juste_toi_et_moi rien_que_toi_et_moi que_nous_deux que_toi_et_moi juste_tous_les_deux",
    "PLACE": "chez_moi appart",
    "APARTMENT": "appart appartement",
    "PICK_UP": "passe_te_prendre passer_te_prendre viens_te_chercher venir_te_chercher te_chercher",
    "CORNER": "coin",
    "SEE": "voir voit vu voie",
    "BEHIND": "derriere",
    "PROGRAM": "programme centre",
    "ASLEEP": "dorment dort endormis",
    "BUY": "achet/er offr/ir",
    "BOUGHT": "achete offert",
    "GIFT": "cadeau cadeaux surprise",
    "SHOES": "baskets chaussures airpods",
    "CLOTHES": "vetements robe fringues",
    "CONSOLE": "iphone ps5 console",
    "NECKLACE": "collier bracelet bague parfum",
    "THING": "devoirs controle exam chaleur pieds dos tete chaussures faim",
    "LEND": "pret/er prete depann/er avanc/er",
    "BORROW": "emprunt/er",
    "WIRE": "virement",
    "NEED": "besoin",
    "GIFT_CARD": "carte_cadeau cartes_cadeaux",
    "TRANSFER": "vir/er transfer/er virement",
    "TELL": "dis dire racont/er parle_pas parler parle dit",
    "SHOW": "montr/er",
    "KNOW": "sache sachent savoir sait apprenne apprennent au_courant saura sauront",
    "FIND_OUT": "sache apprenne savoir sachent voie voient",
    "ABOUT": "de pour",
    "MUST": "doit doivent",
    "QUIET": "toi pour_toi",
    "STAY": "rest/er reste",
    "BETWEEN_US": "entre_nous entre_toi_et_moi entre_nous_deux",
    "DELETE": "supprim/er effac/er",
    "READ": "lu lire lis",
    "FROM": "a de",
    "PROMISE": "promets promis jure promesse",
    "LITTLE": "petit",
    "IN_LOVE": "amoureux amoureuse craque_pour_toi kiffe_sur_toi tombe_amoureux tombee_amoureuse amoureux_de_toi "
    "en_kiffe",
    "LOVE": "aime",
    "MORE_THAN_FRIEND": "plus_qu_un_ami plus_qu_une_amie plus_qu'un_ami plus_qu'une_amie plus_que_des_amis "
    "plus_qu'amis",
    "SEXY": "sexy bonne_meuf bandante sensuelle canon",
    "BEAUTIFUL": "belle beau magnifique mignonne jolie",
    "LIPS": "levres yeux formes",
    "HOLD": "serrer prendre_dans_mes_bras",
    "HUG": "serrer_dans",
    "DREAM": "rev/er reve",
    "MATURE": "mature",
    "AGE": "age",
    "JUST": "juste que",
    "GIRLFRIEND": "copine meuf petite_amie",
    "UNDERWEAR": "sous_vetements lingerie string culotte soutif",
    "SWIMSUIT": "maillot_de_bain bikini",
    "SHOWER": "douche",
    "BATH": "bain",
    "WEARING": "portes_la portes_comme tenue_tu",
    "VIRGIN": "vierge",
    "CANT_STOP": "arrete_pas_de peux_pas_m_empecher n'arrete_pas_de",
    "MARRY": "epouser marier",
    "SOULMATE": "ame_soeur",
    "TURN_ON": "m'excites mexcites tu_m_excites m_excites",
    "BABE": "mon_bebe bebe_tu_me_manques",
    "FICTION": "film films livre livres roman serie series chanson chansons jeu jeux histoire personnage episode "
    "manga anime devoir devoirs expose chapitre theatre poeme documentaire redaction prevention "
    "cours_d_histoire",
    "LAUGH": "ptdrr mdrr",
    "LAUGHTER": "rire",
    "HUNGER": "faim",
    "THIRST": "soif",
    "HEAT": "chaud chaleur",
    "COLD": "froid",
    "BOREDOM": "ennui ennuie",
    "CURIOSITY": "curiosite",
    "EMBARRASSMENT": "honte gene",
    "SLEEPY": "sommeil",
    "TIREDNESS": "fatigue",
    "HAPPINESS": "joie bonheur",
    "ENVY": "envie jalousie",
    "NERVES": "stress trouille",
    "GRADES": "notes bulletin retard",
    "LATE": "tard retard",
    "GAME_CHARACTER": "boss zombies moustique araignee monstre",
    "BALL": "ballon",
    "HAIR": "cheveux frange",
    "GRASS": "pelouse herbe haie gazon",
    "CAKE": "gateau pain oignons legumes fruits",
    "PAPER": "papier courant eau",
    "NAILS": "ongles",
    "WOOD": "bois",
    "COSTS": "son route parole",
    "TEST": "controle exam examen",
    "ALLERGY": "allergie allergies",
    "HEADACHE": "mal_de_tete fievre rhume",
    "VITAMIN": "vitamines",
    "MORNING": "matin",
    "DOCTOR": "medecin docteur",
    "BIRTHDAY": "anniversaire anniv",
    "CHRISTMAS": "noel mariage",
    "RECIPE": "recette",
    "INGREDIENT": "ingredient",
    "PARTY": "fete",
    "DOG": "chien",
    "CAT": "chat",
    "EVERYDAY": "tuer_le_temps tue_le_temps tuant_le_temps mort_de_rire morte_de_rire nature_morte point_mort "
    "batterie_morte trop_mort morte_de_fatigue mort_de_fatigue morts_de_rire j'en_peux_plus_de_ce "
    "j'en_peux_plus_de_cette j'en_peux_plus_de_ces j'en_peux_plus_des j'en_peux_plus_du "
    "j'en_peux_plus_de_rire j_en_peux_plus_de n'en_peux_plus_de_ce n'en_peux_plus_de_cette "
    "n'en_peux_plus_de_rire coup_de_main coup_d_oeil coup_de_fil tout_a_coup du_coup battre_le_record "
    "me_faire_couper_les_cheveux couper_les_cheveux coupe_les_cheveux coupe_de_cheveux tape_dans_l_oeil "
    "batterie_est_morte touche_a_tout touche_du_bois sauter_a_la_corde saute_a_la_corde taper_un_message "
    "taper_sur_le_clavier a_la_mort mort_sure c'est_tuant ca_me_tue pere_noel pere_noel_secret pot_au_feu "
    "chat_noir jeter_un_oeil jette_un_oeil jeter_la_poubelle entre_nous_il il_me_tarde",
    "I+WANT": "jveux jveu j_veux jvoudrais jai_envie",
    "FINGER": "doigt doigts pouce",
    "HEAPS": "vingt vingtaine trente trentaine quarante cinquante paquet",
    "COACH": "coach prof entraineur entraineuse",
    "ILLNESS": "cancer covid",
    "BLOW": "coup_de_poing|pied|boule|tete",
}

CRISIS = {
    "suicide": """
        en|jen peux plus & TONIGHT .. END|STOP
        peux plus de vivre
        SELF|ME BE? ouvert|ouverte|taille|tailler|ouvrir VEINS
        ! NOBODY .. CARE|MISS|CRY|NOTICE WHEN|IF I .. serai|suis plus
        ! veux|veut|voulais|voudrais|envie plus|pas|pu LIVE|EXIST|ALIVE|HERE
        ! plus envie LIVE|EXIST|rien|HERE
        je veux|vais ME KILL|SUICIDE
        foutre en l? air
        ! rien ne? ME? retient
        jveux|jvais ME KILL|SUICIDE
        veux|vais|envie|pense ME KILL|JUMP
        envie mourir|crever|finir
        ! plus envie etre|être la|là|HERE
        ! veux|veut|jveux|voudrais plus|pas etre|être la|là|HERE
        ! LIFE NEG? plus|pas|aucun SENSE|REASON
        ! jamais|plus jamais? ME WAKE
        veux en finir
        ! la LIFE ne vaut
        la LIFE na|n'a|a plus SENSE
        ! plus SENSE|REASON LIVE
        ! plus rien|REASON me? retient|LIVE
        mieux sans moi
        mieux si je WANT|DIE|DEAD|pas
        serait|seraient|iraient BETTER sans moi
        si je meurs|mourais|creve|crève
        je serai|serais plus la|là demain|bientot
        a quoi bon LIVE|continuer
        aval/er|avale|avaler|prendre|pris tous|toute|toutes PILLS|BOTTLE
        prendre PILLS pour DIE|finir|KMS
        dormir et? jamais|plus? reveiller
        ce sera fini ce soir
        saut/er|sauter HIGH_PLACE
        adieu tout monde
        fatigue|fatiguee|marre LIVE|LIFE
        marre de LIVE|LIFE
    """,
    "self_harm": """
        ME CUT|BURN ARM|LEG|SKIN|WRIST
        ME suis encore? CUT ARM|LEG|SKIN|WRIST
        ME suis? encore CUT
        ME suis? CUT encore|hier|expres|exprès|volontairement|quand|pour
        ME suis BURN expres|exprès
        recommence ME? CUT
        ME CUT
    """,
    "abuse": """
        ME HAVE? mis|donne|met|mettait BLOW
        FAMILY|ADULT|PARTNER|PERSON ME HIT|HURT|TOUCH
        FAMILY|ADULT|PARTNER|PERSON ME a HIT|TOUCH
        ADULT|FAMILY .. ME a? TOUCH
        FAMILY|ADULT|PARTNER .. ME HIT
        ME HIT souvent|avec|tous|quand|chaque|encore
        vient|entre|rentre dans MY ROOM|BED
        vient dans MY ROOM NIGHT
        ME FORCE|oblige a? KISS|SEX|TOUCH|UNDRESS|coucher|faire
        ME LOCK dans
        ! ME donne pas|rien FOOD|EAT
        ! ne? ME donne plus|pas EAT
        ME prive FOOD|EAT|manger
        FAMILY HIT FAMILY
    """,
    "violence": """
        GO tous|toutes|les les? KILL
        je vais|veux le|la|les KILL|STAB|HIT|BEAT
        jvais|jveux le|la|les KILL|STAB|BEAT
        vais|veux KILL|STAB FAMILY|ADULT|PEER|SIBLING|PERSON|EVERYONE
        dit qu? il|elle va ME|nous KILL
        va|veut ME KILL
        menace ME|de
        apporter|ramener|amener GUN|KNIFE SCHOOL|demain
        vais|veux mettre feu SCHOOL|HOME
    """,
    "running_away": """
        je vais|veux|pense partir HOME|TONIGHT|loin
        je me casse|barre|tire|sauve TONIGHT|HOME
        partir TONIGHT .. jamais|plus
        je pars TONIGHT
        je pars et je ne? reviens
        ! reviendrai|reviens plus|jamais|pas HOME|jamais
        dors|dormi|dormir dehors|rue|gare|parc
        je suis parti|partie HOME
    """,
    "trafficking": """
        FORCE .. voir|recevoir|faire CLIENT
        ME FORCE|oblige a? coucher|travailler|vendre|prostituer
        coucher MEN|argent|contre
        SLEEP_WITH .. MEN|MONEY|PAY
        des? MEN PAY
        ME pris|prend|garde|confisque mes? PAPERS|PASSPORT
        PASSPORT|PAPERS pris|confisque|gardent|garde
        prend tout mon argent
        argent contre SEX|photos
    """,
}

CONCERN = {
    "suicide": """
        WHAT_FOR CONTINUE|LIVE|rester
        je me deteste|déteste|hais
        je deteste|déteste ma LIFE
        je sers a? rien
        je suis fardeau|poids
        personne ne? m aime
        voudrais|aimerais disparaitre|disparaître
        j en peux plus
        jen peux plus
        plus envie de rien
    """,
    "abuse": """
        peur HOME|FAMILY|PARTNER
        peur rentrer HOME
        ME crie|gueule|hurle dessus
        ! pas|plus en? SAFE HOME
        tout monde se moque
        photos|photo & menace|chantage
    """,
    "violence": """
        FAMILY va ME KILL
        vais|veux le|la|les frapper|taper|defoncer|défoncer|HIT|BEAT
        casser la gueule
    """,
    "running_away": """
        veux|voudrais|aimerais|pense partir|quitter HOME|ici|loin
        ! veux plus vivre ici|HOME|chez|avec
        me casser d ici
    """,
    "contact_details": """
        mon numero|numéro|num|tel|mail|portable
        ton numero|numéro|num|06|mail|pseudo
        donne|passe|file|envoie moi? ton|ta numero|numéro|num|mail|insta|snap|adresse|tel
        appelle|ecris|écris|texte moi au|sur mon
    """,
    "other_apps": """
        ajoute|rajoute|suis|retrouve|ecris|écris|parle moi sur? APP|snap|insta
        viens|passe|passons|continue|continuons|parle|discute sur APP|snap|insta|whatsapp
        tu as|t'as|a|tas APP|snap|insta
        on parle|discute sur APP
        ton|mon|mes APP|snap|insta
        viens en? prive|privé|mp|dm
        en|par mp|dm
    """,
    "secret_meeting": """
        se voir|retrouver|voit|retrouve ALONE|JUST_US|cachette|secret|sans|dehors|dehors
        viens chez moi
        viens seul|seule
        ! viens sans|pas FAMILY|NOBODY
        sans que FAMILY|NOBODY sache|sachent|voie|voient|soient|soit
        quand FAMILY|parents dorment|pas|sont|absents
        passe te prendre|chercher TONIGHT|coin|NEG|ALONE|bas
        rejoins|retrouve moi ALONE|derriere|derrière|parking|TONIGHT|hotel
    """,
    "gifts": """
        je t ai? a? BOUGHT|pris|acheté|achete|offert|offre|achète
        t acheter|offrir ..
        jai|ai quelque chose pour toi
        cadeau pour toi
        j ai cadeau|surprise pour toi
    """,
    "money": """
        je te prete|prête|donne|file|envoie|depanne|avance|paie|paye MONEY|$|€
        te prete|prête|file|donne MONEY
        tu peux me? preter|prêter|filer|avancer|depanner
        te paie|paye si
        besoin MONEY & LEND|te|tu
        me preter|prêter|filer
    """,
    "secrecy": """
        dis|parle|raconte|montre pas|rien|jamais a FAMILY|NOBODY|STAFF|ta|tes|ton
        ! dis rien a? FAMILY|NOBODY|STAFF|ta|tes|ton
        ! n en parle a? pas|personne|FAMILY
        ! en parle pas|personne
        ! le dis a? personne
        notre petit? secret
        garde|garder secret|ca|ça|pour
        reste|rester entre nous
        efface|supprime nos|les|ce|ces|cette|la|tout messages|message|conversation|conv
        personne ne? doit savoir
        ! pas obliges|obligés|besoin savoir
        FAMILY ne? doivent|doit|comprendraient|comprendrait pas
    """,
    "romance": """
        je t? aime plus? qu comme
        je te trouve SEXY|belle|beau|attirante|magnifique|bonne
        je suis? amoureux|amoureuse
        envie t? embrasser|toucher|serrer
        veux|voudrais|aimerais t embrasser|toucher
        t es trop? SEXY|bonne
        tu es SEXY|bonne
        es tres? mature
        l age n? importe|compte
        envoie|envoies moi? une? photo toi|sexy|nue|corps|ALONE|lit
        as un? copain|copine
        tas un? copain|copine
        pense a toi NIGHT|toute|tout|sans|tous
        je reve|rêve de toi
        sors|sortir avec moi
        veux tu? etre|être ma|mon copine|copain
        tu portes quoi
    """,
}

EVERYDAY = """
    CUT avec feuille|papier|page
    FAMILY va me KILL si|quand|parce|pour|KMS
    FAMILY va KMS si|quand|parce|pour
    si|quand .. FAMILY va? me KILL
    me tue|tuent THING|avec|les
    THING me tue|tuent
    THING .. me KILL
    mort|morte|morts|meurs|mourir|crève|creve|crever de THING|rire|faim|soif|chaud|froid|fatigue|honte|peur|trouille|envie|stress|jalousie|sommeil
    peux plus de ce|cette|ces|rire|prof|devoirs
    envie de .. mourir rire
    couper|coupe|coupé le|la|les HAIR|GRASS|CAKE|PAPER|NAILS|WOOD|COSTS
    tape|taper|frappe|frapper a? porte|dans|ballon|main|mains|message|code
    je t aime FAMILY
    on se voit|retrouve a|au|mardi|demain|lundi
    me suis coupé|coupe|coupee|coupée doigt|main|en|cheveux|papier|rasant
"""
