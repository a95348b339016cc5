"""Spanish of Mexico, the Caribbean and Central America, with Spanglish. Accents may be written or not."""

from __future__ import annotations

WORDS = {
    "FILL": "de del que el la los las un una unos unas por para en al se ya muy mas bien solo realmente tanto "
    "tan pues y asi como nomas bien_mal pinche puta puto jodid* maldit* siempre_me con eso esto esta este "
    "estoy estas ser estar a lo mi mismo misma mejor_me mis su sus otra vez",
    "I": "yo estoy soy tengo voy quiero puedo siento he quisiera pienso kiero m_voy",
    "ME": "me mi conmigo",
    "MY": "mi mis mio mia",
    "MYSELF": "mi_mismo mi_misma a_mi_mismo a_mi_misma",
    "YOU": "te tu ti usted contigo vos tú",
    "YOUR": "tu tus su sus",
    "SELF": "se si_mismo si_misma",
    "HIM": "lo le el",
    "HER": "la ella le",
    "THEM": "los las les ellos ellas",
    "WE": "nos nosotros nosotras",
    "US": "nos nosotros",
    "OUR": "nuestro nuestra nuestros",
    "PERSON": "el ella ellos alguien quien gente un_tipo un_senor muchacho muchacha un_hombre una_mujer",
    "SOMEONE": "alguien",
    "EVERYONE": "todos todas toda_la_clase todo_el_mundo",
    "ANYONE": "nadie ninguno alguien otros",
    "NOBODY": "nadie ninguno",
    "FAMILY": "mama mami papa papi madre padre padres papas jefa jefe_de_casa padrastro madrastra tio tia abuelo "
    "abuela abuelito abuelita suegro familia mis_viejos viejo tutor apa ama mamá papá padrino mamita papito "
    "familias",
    "SIBLING": "hermano hermana primo prima hermanastro hermanastra hermanito hermanita carnal",
    "ADULT": "maestro maestra profesor profesora profe entrenador coach jefe pastor cura vecino vecina senor "
    "hombre hombres patron nino_grande director adulto adultos novio_de_mi_mama primo_mayor",
    "PARTNER": "novio novia pareja esposo marido exnovio novio_de_mi_mama ex",
    "BOYFRIEND": "novio novia",
    "PEER": "amigo amiga amigos companero companera companeros compa compas mejor_amiga mejor_amigo cuate pana "
    "chico chica morro morra",
    "STAFF": "supervisora supervisor coordinadora coordinador terapeuta trabajadora_social programa maestra "
    "personal consejera policia",
    "NEG": "no nunca ni tampoco sin jamas nadie nel",
    "NEVER": "nunca jamas",
    "WITHOUT": "sin",
    "WANT": "quiero quisiera kiero quieres quiere quieren queria querias querer querria querian ganas_de "
    "tengo_ganas_de dan_ganas_de da_ganas_de deseo desea deseando prefiero preferiria preferiría necesito "
    "pienso_en pensando_en pensado_en pensar_en he_pensado pienso intento intente trato_de trate_de voy_a "
    "vamos_a planeo decidi planeando a_punto_de me_gustaria ojala_pudiera estoy_por ojala quisieras sueno_con "
    "piensa_en piensa penso_en pensado keria dan_ganas ganas",
    "IWANT": "quiero kiero voy_a pienso quisiera tengo_ganas_de dan_ganas_de intente trate_de deseo prefiero "
    "decidi pensando_en pensado_en ganas_de pienso_en pensado estoy_por a_punto_de planeo planeando",
    "GO": "voy_a va_a van_a vamos_a voy va ire ira iba_a boy_a ba_a vas_a pienso",
    "TRY": "intent/ar trat/ar",
    "TRIED": "intente intento trate trato_de",
    "THINK": "pens/ar pienso piensa piensan pienses plante/ar",
    "PLAN": "plan plane/ar planes",
    "FEEL": "siento siente sienten sientes sent/ir",
    "READY": "listo lista preparado preparada",
    "WISH": "ojala quisiera desearia me_gustaria",
    "HOPE": "ojala espero",
    "DO": "comet/er hacer hice",
    "HAVE": "tengo tiene tienes tienen hay tenia traigo trae traen trajo tener",
    "BE": "estar ser seguir estoy esta quedarme",
    "CAN": "puedo puede poder aguanto soporto",
    "SAY": "dice dijo dicen decir dije diciendo digas decia dijeron dices",
    "KEEP": "sigue siempre siguen guard/ar mantener manten mantengamos",
    "MAKE": "hace hizo hacen obliga obligo",
    "FORCE": "oblig/ar forz/ar forza fuerza presion/ar obligue",
    "TAKE": "tom/ar quit/ar quito agarr/ar lleva llevo me_quita",
    "GIVE": "doy da dame darme darte di_me",
    "SEND": "mand/ar envi/ar pas/ar manda mandame enviame pasame",
    "COME": "ven venga venir viene vengas vente entra entro entr/ar meti* mete",
    "LET": "deja dejan dejes",
    "LEAVE": "irme me_voy ir largarme me_largo salir salirme dejar me_ire irse me_fui nos_vamos",
    "LEFT": "me_fui me_sali salí",
    "LOOK": "te_ves luces",
    "HERE": "aqui aca",
    "NOW": "ahora ahorita ya",
    "ALWAYS": "siempre todo_el_tiempo todos_los_dias cada_dia cada_noche todas_las_noches diario a_cada_rato "
    "no_dejo_de",
    "OFTEN": "seguido a_veces mucho cuando otra_vez cada_vez",
    "AGAIN": "otra_vez de_nuevo nuevamente volvi_a",
    "EVERY": "cada cuando",
    "TONIGHT": "esta_noche hoy_en_la_noche hoy_mismo esta_madrugada en_la_noche",
    "TODAY": "hoy",
    "TOMORROW": "manana mañana",
    "SOON": "pronto",
    "NIGHT": "noche noches madrugada dormida dormido",
    "FOREVER": "para_siempre por_siempre siempre",
    "STILL": "sigo todavia aun",
    "ALL": "todas todos todo toda",
    "MANY": "muchas muchos monton bastantes demasiadas punado",
    "WHOLE": "entero entera todo todas",
    "ENOUGH": "suficientes bastantes",
    "BOTTLE": "frasco bote botella",
    "IF": "si",
    "WHEN": "cuando",
    "BECAUSE": "porque por_reprobar xq pq",
    "WHY": "porque por_que para_que",
    "WHAT": "cual que",
    "WHAT_FOR": "para_que",
    "DIE": "mor/ir muero muere mueren muera muriera muriendo murio muert* morirme morirse desviv/ir palmar",
    "DEAD": "muerto muerta muertos",
    "KILL": "me|lo|los|las|nos|que_maten mat/ar asesin/ar ahorc/ar degoll/ar",
    "KMS": "desvivirme quitarme_la_vida quitarse_la_vida quitarte_la_vida acabar_con_mi_vida "
    "terminar_con_mi_vida acabar_con_todo terminar_con_todo ponerle_fin_a_mi_vida me_quito_la_vida "
    "quitarme_de_enmedio colgarme ahorcarme pegarme_un_tiro darme_un_tiro cortarme_las_venas "
    "aventarme_del_puente tirarme_del_puente matarme_a_mi_misma matarme_a_mi_mismo acabar_con_mi_existencia "
    "quiero_matarme me_quiero_matar voy_a_matarme me_voy_a_matar quitarme_la_existencia ponerle_fin_a_todo "
    "acabo_con_todo me_mato",
    "KYS": "matate suicidate muerete",
    "UNALIVE": "desviv/ir unalive",
    "SUICIDE": "suicid/ar suicidio~ suicida suicidas suisid* suicid*",
    "LIVE": "viv/ir seguir_viviendo seguir_adelante seguir_asi seguir_vivo seguir_viva seguir_aqui seguir_con_esto",
    "ALIVE": "vivo viva con_vida en_este_mundo",
    "LIFE": "vida",
    "EXIST": "exist/ir",
    "BREATHE": "respirar",
    "WAKE": "despert/ar despierto levantarme",
    "NEVER_BORN": "no_haber_nacido nunca_haber_nacido no_hubiera_nacido nunca_hubiera_nacido haber_nacido",
    "BORN": "nacido nacer",
    "ANYMORE": "ya mas",
    "STOP": "dejar_de dejar parar",
    "CONTINUE": "seguir continuar sigo",
    "END": "acab/ar termin/ar",
    "IT_ALL": "todo",
    "THIS": "esto este",
    "EVERYTHING": "todo con_todo",
    "REASON": "razon razones motivo motivos",
    "POINT": "caso sentido chiste",
    "SENSE": "sentido",
    "WORTH": "vale_la_pena vale",
    "DESERVE": "merezco merece merec*",
    "TIRED": "cansad* harto harta hartos agotado agotada canse",
    "FED_UP": "harto_de harta_de cansado_de cansada_de harto harta",
    "BETTER": "mejor mejores",
    "HAPPY": "felices feliz tranquilos",
    "DISAPPEAR": "desaparec* desaparezco desapareciera irme_para_siempre no_estar falto faltara",
    "CARE": "importa importaria importo importar",
    "MISS": "extran*",
    "NOTICE": "daria_cuenta nota notaria",
    "CRY": "llor*",
    "PILLS": "ibuprofeno paracetamol pastillas pastilla pildoras medicinas tabletas pastas",
    "SWALLOW": "trag/ar",
    "EAT": "com/er comida",
    "FEED": "da_de_comer dan_de_comer aliment/ar",
    "FOOD": "comida cena comer pizza tacos taco hamburguesa",
    "SAVE": "guard/ar junt/ar guardando juntando",
    "OVERDOSE": "sobredosis",
    "JUMP": "salt/ar brinc/ar avent/ar tir/ar lanz/ar me_tiro me_aviento",
    "HIGH_PLACE": "puente azotea balcon edificio techo barranco ventana",
    "TRAIN": "tren metro vias",
    "CAR": "carro coche camion troca carretera",
    "FRONT": "frente_al delante_del al enfrente_del",
    "HEAD": "cabeza boca",
    "THROAT": "cuello garganta",
    "VEINS": "venas muñecas munecas",
    "WRIST": "munecas muneca venas",
    "HANG": "colg/ar ahorc/ar",
    "ROPE": "soga cuerda lazo mecate",
    "NECK": "cuello",
    "FOUND": "consegui compre encontre",
    "GOODBYE": "despid/ir despedirse despidiendose adios despedida despedirme despido",
    "NOTE": "recado nota carta cartas",
    "LETTER": "carta cartas nota",
    "WRITE": "escrib*",
    "WROTE": "escribi",
    "FAREWELL": "despedida",
    "LAST": "ultimo ultima",
    "MESSAGE": "mensaje mensajes",
    "DAY": "dia",
    "PAINLESS": "sin_dolor",
    "EASY": "facil rapida",
    "WAY": "manera forma",
    "SLEEP": "dormir dormirme duermo dorm/ir",
    "CUT": "cort/ar raj/ar",
    "HURT": "lastim/ar daño dano hacerme_dano hacerme_daño hago_dano hace_dano hizo_dano hacen_dano her/ir "
    "hacerle_dano",
    "BURN": "quem/ar",
    "SCRATCH": "rasgu* aran/ar",
    "PUNISH": "castigarme",
    "SELF_HARM": "autolesion* me_corto me_corte cortarme me_lastimo lastimarme hacerme_dano hacerme_daño "
    "me_hago_dano me_quemo_con quemarme_la_piel me_rajo me_araño_hasta cortandome lastimandome "
    "me_estoy_cortando hacerme_cortes me_hago_cortes",
    "USED_TO": "antes_me solia",
    "SCARS": "cicatrices cicatriz",
    "BLADE": "navaja navajas cuchilla cuchillas rasuradora gillette",
    "BLEED": "sangr/ar sangre",
    "ARM": "brazo brazos",
    "LEG": "pierna piernas muslos",
    "SKIN": "piel",
    "HIDE": "escond* ocult/ar",
    "CALM": "calma alivia",
    "STARVE": "dejar_de_comer deje_de_comer",
    "THROW_UP": "vomit/ar",
    "HATE": "odi/ar",
    "HATE_ME": "me_odio",
    "BURDEN": "carga estorbo",
    "HOPELESS": "sin_esperanza no_tengo_esperanza ya_no_tengo_esperanza perdi_la_esperanza no_hay_esperanza "
    "sin_salida no_tengo_salida no_hay_salida no_veo_salida no_tengo_futuro",
    "WORTHLESS": "no_valgo_nada no_sirvo_para_nada inutil no_valgo una_basura",
    "GIVE_UP": "rendirme me_rindo",
    "CANT_GO_ON": "no_puedo_mas ya_no_puedo_mas ya_no_aguanto no_aguanto_mas ya_no_puedo no_doy_mas",
    "EMPTY": "vacio vacia",
    "INSIDE": "dentro adentro",
    "PAIN": "dolor sufrimiento sufrir",
    "HIT": "peg/ar pega pego golpe/ar cachete/ar pate/ar abofete/ar azot/ar maltrat/ar agarra_a_golpes "
    "da_cinturonazos estrangul/ar empuj/ar ahorc/ar da_de_golpes chingadazos madre/ar agarra_a_cintarazos "
    "jal/ar_del_pelo moretea pegue sacude avienta_contra avento_contra da_una_cachetada dio_una_cachetada "
    "da_golpes",
    "HIT_BY": "me_pegan me_golpean me_maltratan me_chingan_a_golpes me_pega me_golpea me_maltrata me_dan_golpes "
    "me_tunden me_agarra_a_golpes me_da_con_el me_dio_con_el",
    "BELT": "cinturonazos cintarazos chanclazos cachetadas "
    "cinto cinturon cintarazos cable palo chancla manguera correa",
    "BRUISE": "moreton* moretes ojo_morado hematomas",
    "ABUSE": "abus/ar abuso manose/ar viol/ar acos/ar",
    "ABUSE_BY": "abusa_de_mi abuso_de_mi abusaron_de_mi me_manosea me_manoseo abusado_de_mi abusan_de_mi",
    "RAPE": "viol/ar violacion",
    "RAPE_BY": "me_violo me_viola me_violaron violada violado me_forzo me_ha_violado",
    "TOUCH": "toc/ar manose/ar sob/ar meter_mano mete_mano toque acarici/ar",
    "PRIVATE": "partes_privadas partes_intimas privadas intimas ahi_abajo pechos senos debajo_de_la_ropa "
    "por_debajo trasero nalgas entre_las_piernas",
    "WHERE": "donde",
    "UNDER": "debajo",
    "WEIRD": "raro feo",
    "ROOM": "cuarto habitacion recamara",
    "BED": "cama",
    "UNDRESS": "desnud/ar desvest/ir desnuda desnudo quitarme_la_ropa quitate_la_ropa quite_la_ropa sin_ropa "
    "encuere encuerar",
    "SEX": "sexo cosas_sexuales relaciones_sexuales tener_sexo tener_relaciones sexual",
    "SLEEP_WITH": "acost/ar_con acostarme_con acuesto_con acueste_con acostarse_con dormir_con sexo_con "
    "relaciones_con estar_con_hombres",
    "KISS": "bes/ar beso besos besito",
    "LOCK": "encierr* encerr/ar amarr/ar atar",
    "CLOSET": "closet cuarto armario",
    "BASEMENT": "sotano",
    "BATHROOM": "bano",
    "AFRAID": "miedo temo asusta aterra terror",
    "SAFE": "segura seguro salvo",
    "HOME": "casa hogar",
    "SCHOOL": "escuela clase salon cole colegio",
    "CLASS": "clase salon",
    "YELL": "grit/ar",
    "THROW": "avienta aventarme",
    "BULLY": "bullying acoso_escolar se_burlan_de_mi me_molestan me_hacen_bullying burlan",
    "THREAT": "amenaz/ar amenaza chantaj*",
    "POST": "public/ar sub/ir subir",
    "SHARE": "compart/ir",
    "NUDES": "nudes fotos_desnuda fotos_desnudo foto_desnuda fotos_intimas el_pack tu_pack fotos_sin_ropa "
    "fotos_hot foto_sin_ropa fotos_intima foto_intima",
    "PIC": "foto fotos fotito selfie video videos",
    "ASK": "pide pidio piden pidiendo ped/ir",
    "SHOOT": "dispar/ar tiro tiros bala_a balear balace/ar",
    "STAB": "apunal/ar acuchill/ar picar",
    "GUN": "pistola arma rifle armas cuete escopeta",
    "KNIFE": "cuchillo navaja machete",
    "BOMB": "bomba",
    "BRING": "llev/ar tra/er traigo",
    "CARRY": "carg/ar",
    "EXPLODE": "explot/ar",
    "POINT_AT": "apunt/ar",
    "BEAT": "golpe/ar madre/ar part/ir_la_cara",
    "POISON": "envenen/ar",
    "BACKPACK": "mochila",
    "PAY": "pag/ar",
    "REVENGE": "vengarme venganza",
    "GANG": "pandilla mara ganga",
    "JOIN": "meterme entrar",
    "RUN_AWAY": "escap/ar fug/ar hu/ir huyo huyendo irme_de_la|mi_casa irme_de_casa me_voy_de_la|mi_casa "
    "me_voy_de_casa largarme_de_la|mi_casa largarme_de_aqui me_largo_de_aqui me_fui_de_la|mi_casa me_escapo "
    "me_fugo me_pelo escaparme me_escape salirme_de_la|mi_casa irse_de_la|su_casa",
    "ESCAPE": "escap/ar irme",
    "RETURN": "volv/er regres/ar vuelvo vuelva vuelve",
    "BACK": "atras",
    "PACK": "empac/ar",
    "PACKED": "lista hecha hechas empacada listas",
    "BAG": "mochila maleta maletas cosas ropa",
    "SNEAK_OUT": "salirme_a_escondidas salgo_a_escondidas por_la_ventana sal_a_escondidas salte_por_la_ventana "
    "escapate",
    "BUS": "camion bus autobus",
    "STREET": "calle",
    "PARK": "parque",
    "STATION": "terminal central",
    "SECRET": "secreto a_escondidas escondidas secretito escondido",
    "STAND": "aguanto soporto",
    "ELSEWHERE": "otro_lado otra_parte en_otro_lugar otro_lugar",
    "KICKED_OUT": "me_corrieron_de_la|mi_casa me_corrio_de_la_casa me_echaron_de_la|mi_casa me_echaron "
    "no_tengo_donde_dormir no_tengo_a_donde_ir me_echo_de_la_casa",
    "SELL": "vend/er prostitu*",
    "SOLD_BY": "me_vende me_vendio me_venden prostituirme me_prostituye me_prostituyen me_obliga_a_prostituirme",
    "BODY": "cuerpo",
    "MEN": "hombres tipos senores desconocidos viejos sus_amigos extranos clientes",
    "STRANGERS": "desconocidos extranos",
    "FRIENDS": "amigos",
    "CLIENT": "clientes cliente",
    "PIMP": "padrote proxeneta chulo",
    "HOTEL": "hotel motel",
    "PASSPORT": "pasaporte pasaportes",
    "PAPERS": "papeles documentos identificacion",
    "BOSS": "patron jefe",
    "OWE": "deb/er debo deuda",
    "WORK": "trabaj/ar trabajo",
    "MONEY": "dinero lana plata feria billete pesos dolares efectivo varo guita cash",
    "NUMBER": "numero num cel celular telefono whats numerito",
    "PHONE": "telefono celular cel",
    "CELL": "celular cel",
    "EMAIL": "correo email",
    "HANDLE": "usuario",
    "USERNAME": "usuario user",
    "ADDRESS": "direccion",
    "PERSONAL": "personal privado",
    "TEXT": "escrib/ir texte/ar mensaje/ar",
    "CALL": "llam/ar marc/ar",
    "ADD": "agreg/ar anad/ir agregame sigueme añademe añad/ir agregarme",
    "FOLLOW": "sigueme seguir sigue segu/ir",
    "FIND": "busc/ar buscame encuentrame",
    "HIT_UP": "escribeme",
    "TALK": "habl/ar chate/ar platic/ar hablemos platiquemos",
    "CHAT": "chat chate/ar",
    "SPEAK": "habl/ar",
    "CONVERSATION": "conversacion conversaciones",
    "MOVE": "pas/ar pasemos pasate cambi/ar vamonos",
    "SWITCH": "cambi/ar cambiemonos",
    "LETS": "vamos mejor vamonos",
    "INSTEAD": "mejor",
    "ANOTHER": "otra otro",
    "OTHER": "otra",
    "OUTSIDE": "fuera afuera",
    "PLATFORM": "aplicacion app plataforma",
    "LATER": "luego",
    "MEET": "vernos veamonos nos_vemos verte encontrarnos juntarnos quedamos quedemos salgamos salir_juntos "
    "encontremonos visitarme encontr/ar vernos_solos juntemonos reunirnos",
    "ALONE": "solo sola solos solas a_solas tu_y_yo_solos",
    "JUST_US": "solo_tu_y_yo solo_nosotros solo_nosotros_dos nosotros_dos nomas_tu_y_yo nomas_nosotros tu_y_yo_nomas",
    "PLACE": "casa departamento depa apartamento lugar",
    "APARTMENT": "departamento depa apartamento",
    "PICK_UP": "paso_por_ti recogerte te_recojo recojo recogerte_en te_llevo",
    "CORNER": "esquina",
    "SEE": "ver verte ve vea",
    "BEHIND": "detras atras",
    "PROGRAM": "programa centro",
    "ASLEEP": "dormidos duerman duerma",
    "VISIT": "visitarme visitarte",
    "BUY": "compr/ar",
    "BOUGHT": "compre",
    "GIFT": "regal/ar regalo regalos regalito sorpresa obsequio detalle",
    "SHOES": "tenis zapatos",
    "CLOTHES": "ropa vestido",
    "CONSOLE": "iphone ps5 consola tablet",
    "NECKLACE": "collar pulsera anillo",
    "THING": "tarea examen calor trafico zapatos estres tacones espera pies espalda frio hambre",
    "LEND": "prest/ar",
    "BORROW": "prestado prestada prestados",
    "WIRE": "transfer/ir deposit/ar",
    "NEED": "necesit/ar",
    "EXTRA": "extra",
    "GIFT_CARD": "tarjeta_de_regalo tarjetas_de_regalo",
    "CODE": "codigo",
    "TRANSFER": "transfer/ir deposit/ar",
    "TELL": "dec/ir digas dile diga cuentes cuenta cont/ar cuente avis/ar comentes platiques menciones diganle "
    "le_digas",
    "SHOW": "muestr* ensen/ar ensenes",
    "KNOW": "sepa sepan sab/er sabe saben se_entere enterarse entere enteren sepas entera",
    "FIND_OUT": "entere sepa enterarse enteren",
    "ABOUT": "de sobre",
    "MUST": "tiene_que tienen_que debe",
    "QUIET": "callado callada entre_nos",
    "STAY": "queda quede qued/ar",
    "BETWEEN_US": "entre_nosotros entre_tu_y_yo entre_nos entre_los_dos entre_nosotras entre_nosotros_dos",
    "DELETE": "borr/ar elimin/ar",
    "READ": "leer leas lee leelo",
    "FROM": "de",
    "PROMISE": "promet/er promete jura prometeme juramelo prometas",
    "LITTLE": "pequeno pequenito",
    "IN_LOVE": "enamorad* enamor/ar me_gustas_mucho me_gustas me_encantas",
    "LOVE": "amo te_amo",
    "MORE_THAN_FRIEND": "mas_que_amigos mas_que_un_amigo mas_que_una_amiga mas_que_amistad algo_mas_que",
    "SEXY": "sexy buenota buenote rica rico_cuerpo sensual bien_buena",
    "BEAUTIFUL": "hermosa hermoso preciosa precioso bella guapa guapo bonita linda",
    "LIPS": "labios ojos curvas",
    "HOLD": "abraz/ar",
    "HUG": "abraz/ar",
    "DREAM": "soñ/ar sueno",
    "MATURE": "madura maduro",
    "AGE": "edad",
    "JUST": "solo",
    "GIRLFRIEND": "novia",
    "UNDERWEAR": "ropa_interior calzones brasier lenceria tanga",
    "SWIMSUIT": "bikini traje_de_bano",
    "SHOWER": "ducha regadera",
    "WEARING": "traes_puesto llevas_puesto",
    "VIRGIN": "virgen_todavia eres_virgen",
    "CANT_STOP": "no_puedo_dejar_de no_dejo_de",
    "MARRY": "casarme casarnos",
    "SOULMATE": "alma_gemela",
    "TURN_ON": "me_prendes me_excitas me_calientas me_excita",
    "BABE": "mi_amorcito bebita mamacita",
    "FICTION": "pelicula peliculas peli libro libros novela cuento cancion canciones serie telenovela juego "
    "videojuego videojuegos tarea_de historia capitulo personaje episodio teatro obra poema documental anime "
    "noticias examen_de ensayo prevencion",
    "LAUGH": "jajaja ja_ja",
    "LAUGHTER": "risa carcajadas",
    "HUNGER": "hambre",
    "THIRST": "sed",
    "HEAT": "calor",
    "COLD": "frio",
    "BOREDOM": "aburrimiento aburrida aburrido",
    "CURIOSITY": "curiosidad ganas por_ver por_ir por_verte por_saber por_probar por_conocer por_comer",
    "EMBARRASSMENT": "verguenza pena oso",
    "SLEEPY": "sueno",
    "TIREDNESS": "cansancio",
    "HAPPINESS": "emocion felicidad alegria",
    "ENVY": "envidia",
    "NERVES": "nervios susto miedo",
    "CUTE": "ternura",
    "GRADES": "calificaciones reprob* notas llego_tarde boleta",
    "LATE": "tarde",
    "GAME_CHARACTER": "zombie zombies jefe_final mosquito cucaracha arana",
    "BALL": "pelota balon canastas",
    "PILLOW": "almohada",
    "HAIR": "pelo cabello fleco",
    "GRASS": "cesped pasto zacate",
    "CAKE": "pastel pan cebolla fruta verdura",
    "PAPER": "papel cartulina",
    "NAILS": "unas",
    "WOOD": "lena madera",
    "COSTS": "luz agua gas",
    "TEST": "examen",
    "ALLERGY": "alergia alergias",
    "HEADACHE": "dolor_de_cabeza gripa presion fiebre",
    "VITAMIN": "vitaminas",
    "DOCTOR": "doctor doctora",
    "BIRTHDAY": "cumpleanos cumple quinceanera",
    "CHRISTMAS": "navidad reyes boda graduacion",
    "SANTA": "amigo_secreto",
    "PARTY": "fiesta",
    "SURPRISE": "sorpresa final_de",
    "DOG": "perro perrito",
    "CAT": "gato gatito",
    "EVERYDAY": "matar_el_tiempo matando_el_tiempo mato_el_tiempo matar_dos_pajaros mata_moscas "
    "naturaleza_muerta dia_de_muertos dia_de_los_muertos punto_muerto me_mato_estudiando me_mato_trabajando "
    "me_estoy_matando matarme_estudiando me_muero_por muero_por morirse_por se_murio_mi_celular se_me_murio "
    "se_murio_el_carro pila_muerta muerto_de_cansancio pegar_un_estiron me_pegas_la me_pego_la_gripa "
    "pegar_las pega_las pegar_el pegar_la te_toca nos_toca le_toca toca_la_guitarra tocar_la_guitarra "
    "toca_el_piano tocar_el_piano tocar_guitarra toca_guitarra tocar_puerta toca_la_puerta se_corto_la "
    "se_corto_el corte_de_pelo cortarme_el_pelo|cabello|fleco cortarme_las_unas "
    "me_corte_el_pelo|cabello|fleco me_corto_el_pelo me_voy_a_cortar_el_pelo amigo_secreto receta_secreta "
    "ingrediente_secreto te_amo_mama te_amo_mami te_amo_papa te_amo_hija te_amo_hijo tirar_la_basura",
    "FINGER": "dedo dedos pulgar",
    "BOUGHT+GOT_YOU": "te_traje te_consegui",
    "HEAPS": "veinte treinta cuarenta cincuenta monton punado",
    "COACH": "entrenador entrenadora profe maestro maestra",
    "ILLNESS": "cancer covid",
}

CRISIS = {
    "suicide": """
        IWANT KILL ME
        IWANT ME KILL|HANG|SHOOT|DIE|SUICIDE
        ME IWANT KILL|HANG|SUICIDE|DIE|JUMP
        ME GO KILL solo|sola
        ya no quiero VIV|LIVE|HERE|BE
        no quiero BE|HERE en este mundo|vida
        no quiero HERE ya|mas
        ya no quiero estar|seguir
        mejor ME muero|mato
        ME WANT morir
        no le veo? SENSE a? LIFE
        LIFE no? tiene|vale SENSE|nada|WORTH
        no vale la pena LIVE
        si me muero
        estarian|estaria|estarán|estaran BETTER sin mi
        BETTER sin mi
        todos|mundo|familia BETTER sin mi
        para que sigo|seguir LIVE|ALIVE|aqui
        cuando ya no este|esté
        no voy a estar manana|mañana
        ya tengo todo planeado
        ME JUMP HIGH_PLACE
        JUMP ME? HIGH_PLACE
        tome|tomo|tomarme|tragarme todas? PILLS
        TAKE ME? ALL PILLS
        pongo|poner|ponerle fin a mi LIFE
        hoy me muero|mato|despido
        dormir y? no|nunca despertar
        irme|ir de este mundo
        dejar este mundo
        dormirme y no despertar
        adios a todos para siempre
    """,
    "self_harm": """
        CUT|BURN|HURT|SCRATCH ME ARM|LEG|SKIN|WRIST
        ME CUT|BURN|SCRATCH ARM|LEG|SKIN|WRIST
        ME HURT a mi mismo|misma
        volvi|vuelvo CUT ME
        CUT ME
        ME CUT con|para|otra|cuando
    """,
    "abuse": """
        ME dio|da|dieron|dan punetazo|punetazos|patada|patadas|bofetada|cachetada|bofetadas
        FAMILY|ADULT|PARTNER|PERSON me|nos agarra|agarro|agarran|da|dan|dio BELT
        me HIT FAMILY|ADULT|PARTNER
        me HIT con|cuando|todos|cada|mucho|en
        FAMILY|ADULT|PARTNER|PERSON me HIT|HURT|TOUCH
        FAMILY|ADULT|PARTNER|PERSON .. me HIT|HURT
        FAMILY|ADULT|PARTNER|PERSON abusa|abusó|abuso de ME
        me TOUCH donde|FAMILY|ADULT|sin|cuando|por
        se mete|metio en|a MY cama|cuarto|BED|ROOM
        me obliga|obligan|obligo HIT|KISS|SEX|TOUCH|UNDRESS|UNDRESS|cosas
        me encierra|encierran
        no me da|dan FOOD|EAT
        me deja|dejan sin FOOD|EAT
        FAMILY le HIT FAMILY
    """,
    "violence": """
        lo|la|los|las|le|les voy|vamos a KILL|STAB|SHOOT|HIT|BEAT
        voy a KILL|STAB|SHOOT a? HIM|HER|THEM|FAMILY|ADULT|PEER|SIBLING|ese|esa|todos|alguien
        quiero KILL|STAB|SHOOT a FAMILY|ADULT|PEER|SIBLING|alguien|ese|esa|todos
        GO|WANT KILL HIM|HER|THEM
        dijo|dice que me|nos va a KILL
        quiere|quieren KILL ME|nos
        me quiere|quieren KILL
        me amenaza|amenazo|amenazaron con|de
        voy a llevar GUN|KNIFE
    """,
    "running_away": """
        me voy a escapar|fugar|ir|largar .. HOME|TONIGHT|lejos|siempre
        me voy de aqui TONIGHT
        esta noche me voy
        me voy .. no voy a volver
        me voy y no vuelvo|regreso
        no pienso|voy a volver|regresar HOME
        me sali|fui de HOME
        duermo|durmiendo|dormi en STREET|PARK|STATION
        irme de HOME TONIGHT
    """,
    "trafficking": """
        me obliga|obligan a? acostarme|estar|trabajar|prostituirme
        me lleva|llevan con MEN
        por dinero & SLEEP_WITH|SEX|MEN
        me quito|quitaron mis PAPERS|PASSPORT
        me quita todo? lo? que? gano|dinero
        no me deja|dejan salir|ir & debo|WORK|MEN
        me ofrece|ofrecen MONEY por? SEX|fotos|acostarme
    """,
}

CONCERN = {
    "suicide": """
        ! NEG le? veo|encuentro|hallo SENSE|POINT
        me odio
        ME HATE MYSELF|a
        odio mi LIFE
        quisiera no existir|despertar
        soy una? carga
        no le importo a NOBODY
        a nadie le importo
        ya no puedo mas
        ya nada tiene SENSE
    """,
    "self_harm": """
        antes me cortaba|lastimaba
        no como hace? dias
    """,
    "abuse": """
        tengo miedo de HOME|FAMILY|PARTNER
        me da|dan miedo FAMILY|PARTNER|HOME
        miedo a FAMILY|PARTNER
        miedo de llegar|regresar|estar HOME
        mi HOME no es? SAFE
        me gritan|grita todos|siempre
        nadie me quiere & HOME|escuela
        se burlan de ME
    """,
    "violence": """
        mi FAMILY me va a KILL
        le voy a partir|romper la cara|madre
        me las va|van a pagar
    """,
    "running_away": """
        quiero|pienso irme de HOME|aqui
        ya no quiero LIVE HOME|aqui|con
        largarme de HOME
    """,
    "contact_details": """
        mi|este es? mi? numero|cel|celular|whats|telefono
        te paso|doy mi numero|cel|whats|celular|telefono|correo|usuario
        pasame|dame|mandame tu numero|cel|whats|celular|telefono|insta|usuario|correo
        cual es tu numero|cel|whats|celular|telefono|usuario|correo
        llamame|marcame|escribeme al|a mi
    """,
    "other_apps": """
        hablamos|platicamos|hablemos|escribeme|hablame|chateamos|seguimos por|en APP|whats|insta|privado
        tienes APP|whats|insta|face
        te agrego|agregas|sigo en? APP|insta|face|whats
        por whats|APP BETTER|mejor|hablamos
        mejor por APP|whats
        mandame mensaje|dm por|al|en APP|whats|privado
    """,
    "secret_meeting": """
        vernos|veamonos|verte|encontrarnos|juntarnos ALONE|JUST_US|fuera|escondidas|sin
        ven a mi PLACE|carro
        ven ALONE
        no traigas a FAMILY|NOBODY
        sin que FAMILY|NOBODY sepa|sepan|vea|entere|enteren
        cuando tus? FAMILY no este|esten|este|estén
        paso por ti & NEG|TONIGHT|esquina|ALONE|SECRET
        te recojo en esquina
    """,
    "gifts": """
        te compre|compro|traje|compré|tengo algo|regalo|regalito|sorpresa|un|una|unos|unas
        te quiero|voy a regalar|comprar
        te regalo
    """,
    "money": """
        te|me presto|prestas|prestar|presta|puedes MONEY|prestar|$
        te doy|mando|deposito|transfiero|paso MONEY|$
        te pago
        me puedes prestar
        necesitas MONEY
        me depositas|mandas|pasas MONEY
    """,
    "secrecy": """
        no le|les? digas|cuentes|diga a NOBODY|FAMILY|STAFF|tu|tus
        no se lo|les? digas|cuentes a NOBODY|FAMILY|STAFF|tu|tus
        no digas nada
        que NOBODY|FAMILY no? se entere|sepa|enteren|sepan
        que no se? entere|sepa NOBODY|FAMILY|STAFF
        nuestro secreto|secretito
        es un? secreto .. entre
        queda|quede|quedar entre nosotros|nos|tu
        guarda|guardame el|este|un SECRET
        borra|elimina estos?|los|el mensajes|mensaje|chat|conversacion
        NOBODY tiene que saber
        no tienen|tiene que|por que saber
    """,
    "romance": """
        me gustas
        estoy enamorado|enamorada de ti
        eres muy madura|maduro|sexy
        quiero|quisiera besarte|abrazarte|tocarte|tenerte
        muero por besarte|tocarte|verte
        te quiero|quisiera besar|tocar
        mandame? una? foto tuya|sexy|ALONE|UNDRESS|sin
        tienes novio|novia
        quieres? ser mi novia|novio
        la edad no importa|es
        no dejo de pensar en ti
        pienso|pensando en ti NIGHT|todo|siempre|todas
        sueño|sueno contigo
        que traes|llevas puesto
        te ves bien? SEXY|rica|buenisima|buena
        mi amor & besos|HEART|cuerpo|sexy
    """,
}

EVERYDAY = """
    CUT|SELF_HARM con hoja|papel|cartulina
    mi FAMILY me va a KILL si|cuando|porque
    me va a KILL mi? FAMILY si|cuando|porque|por
    si|cuando .. mi FAMILY me KILL
    me mata|matan la|el|los|las THING|risa|curiosidad|cabeza|pies|espalda
    te quiero mucho
    te amo FAMILY
    morir|muero|muriendo de
    no mates el
    cortar|corte|corto|cortaron el|la|los|las HAIR|GRASS|CAKE|PAPER|NAILS|WOOD|COSTS
    tocar|toca|toco|tocando guitarra|piano|timbre|puerta|tema|cancion|violin|bateria
    me toco|toca HEADACHE|lavar|hacer|el|la|trabajar|ir|con
    me pego|pega el|la|un|una sol|gripa|gripe|virus|hambre|sueno|nostalgia|duro
    me corte|corté|corto con|el|la hoja|papel|dedo|cocina|vidrio|lata
    me pegue|pego|pegué en|con pie|cabeza|mesa|codo|puerta|rodilla|dedo|pared
    pegar|pega|pegue papel|estampas|foto|dibujo
"""
