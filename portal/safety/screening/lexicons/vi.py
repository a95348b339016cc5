"""Vietnamese, northern and southern words. A single syllable counts with its tones, or without any where marked `+`;
words of several syllables count with all of them or with none.
"""

from __future__ import annotations

WORDS = {
    "FILL": "+rất +quá là thì mà +cứ +đang đã +sẽ +có +luôn +thật +sự +chỉ cho +cái +những các một +này nè "
    "+nữa_rồi +thôi đi ạ á luôn_luôn bị được +mot với và của cua la ma da di +đến để",
    "I": "+tôi +tao +em +con +mình +tớ +tui cháu +chau +anh chị_",
    "ME": "+tôi +tao em con +mình +tớ +tui cháu +chau",
    "MY": "+tôi +mình em con",
    "MYSELF": "bản_thân chính_mình bản_thân_mình bản_thân_tôi thân_mình chính_bản_thân",
    "YOU": "bạn em con +cháu +mày cậu +anh chị",
    "YOUR": "em con bạn cháu",
    "SELF": "bản_thân chính_nó chính_mình",
    "HIM": "nó +hắn ông_ấy anh_ấy",
    "HER": "cô_ấy chị_ấy bà_ấy nó",
    "THEM": "chúng_nó tụi_nó họ bọn_nó",
    "WE": "chúng_ta chúng_mình tụi_mình",
    "US": "chúng_ta chúng_mình hai_đứa",
    "PERSON": "nó hắn ổng bả người_ta ai_đó ông_ấy anh_ấy cô_ấy thằng_đó người_đó nguoi_do ho_",
    "SOMEONE": "ai_đó người_ta",
    "EVERYONE": "mọi_người tất_cả cả_lớp cả_nhà tụi_nó",
    "ANYONE": "ai ai_hết người_khác ai_khác +người_nào",
    "NOBODY": "không_ai chẳng_ai đừng_ai",
    "FAMILY": "mẹ má +ba bố +cha cha_mẹ ba_mẹ bố_mẹ phụ_huynh cha_dượng dượng mẹ_kế mẹ_ghẻ ông_nội ông_ngoại "
    "bà_nội bà_ngoại cậu chú bác dì cô +gia_đình +bo_me ba_me +me_em +me_con bo_em ba_em bố_dượng ba_dượng "
    "bo_con ba_con cha_con bà ông người_nhà",
    "SIBLING": "anh_trai chị_gái em_trai em_gái anh_họ chị_họ anh_hai",
    "ADULT": "thầy cô_giáo thầy_giáo huấn_luyện_viên ông_chủ hàng_xóm mục_sư người_lớn chú_hàng_xóm ông_hàng_xóm "
    "thay_giao bác_hàng_xóm đàn_ông gã ông_ta",
    "PARTNER": "bạn_trai bạn_gái người_yêu chồng bồ ban_trai nguoi_yeu",
    "BOYFRIEND": "bạn_trai bạn_gái người_yêu",
    "PEER": "bạn_em bạn_con bạn_tôi bạn_thân bạn_cùng_lớp bạn_mình đứa_bạn nhỏ_bạn bạn_học ban_em ban_than ban_con",
    "STAFF": "giám_sát điều_phối_viên chương_trình thầy_cô cô_giáo nhân_viên công_an cảnh_sát",
    "NEG": "+không +đừng +chẳng chả +chưa +hông +ko +khong +k +hok kg +chang +dung +kh chớ đếch",
    "NEVER": "không_bao_giờ chẳng_bao_giờ",
    "WITHOUT": "+thiếu",
    "WANT": "+muốn +thèm +ước +định +tính nghĩ_đến nghĩ_tới +sắp +quyết_định +thích nghĩ_về cảm_thấy_muốn "
    "+sẵn_sàng chỉ_mong +mong",
    "GO": "+sẽ +định +sắp tính",
    "TRY": "+cố thử",
    "THINK": "+nghĩ suy_nghĩ",
    "PLAN": "+kế_hoạch lên_kế_hoạch",
    "FEEL": "cảm_thấy thấy",
    "READY": "sẵn_sàng",
    "WISH": "ước ước_gì +phải_chi giá_như +mong",
    "HAVE": "+có",
    "CAN": "+thể nổi chịu",
    "SAY": "nói bảo +noi",
    "KEEP": "giữ +giữ +cứ +hay +toàn +luôn",
    "MAKE": "bắt ép",
    "FORCE": "bắt_ép ép_buộc ép cưỡng_ép bắt",
    "TAKE": "lấy uống +uống nuốt",
    "GIVE": "+cho đưa",
    "SEND": "+gửi gởi chuyển_cho",
    "COME": "đến qua tới vào",
    "LET": "để cho",
    "LEAVE": "bỏ_đi rời rời_khỏi +bỏ đi_khỏi",
    "HERE": "ở_đây đây trên_đời cõi_đời thế_giới_này",
    "NOW": "bây_giờ ngay",
    "ALWAYS": "luôn suốt lúc_nào mỗi_ngày mỗi_tối hoài +hoài mỗi_đêm hằng_ngày ngày_nào",
    "OFTEN": "hay thường mỗi_khi mỗi_lần nhiều_lần",
    "AGAIN": "lại nữa",
    "EVERY": "mỗi",
    "TONIGHT": "tối_nay đêm_nay khuya_nay",
    "TODAY": "hôm_nay",
    "TOMORROW": "ngày_mai mai",
    "SOON": "sắp",
    "NIGHT": "đêm tối khuya",
    "FOREVER": "mãi_mãi vĩnh_viễn luôn",
    "STILL": "còn",
    "ALL": "hết cả tất_cả",
    "MANY": "nhiều đống",
    "WHOLE": "cả nguyên",
    "ENOUGH": "đủ",
    "BOTTLE": "lọ chai vỉ hộp",
    "IF": "nếu",
    "WHEN": "khi lúc",
    "BECAUSE": "vì tại",
    "WHY": "sao tại_sao",
    "WHAT_FOR": "để_làm_gì làm_gì",
    "DIE": "+chết +chet lìa_đời qua_đời từ_giã_cõi_đời biến_mất_mãi_mãi ra_đi_mãi_mãi",
    "DEAD": "+chết",
    "KILL": "+giết giet đâm_chết chém_chết xử +chém bóp_cổ_chết",
    "KMS": "chán_sống "
    "tự_tử_đi_cho_rồi nhảy_lầu nhảy_cầu treo_cổ uống_thuốc_ngủ_để_chết kết_thúc_cuộc_đời kết_liễu "
    "kết_thúc_cuộc_sống kết_liễu_đời_mình kết_thúc_tất_cả cắt_mạch_máu uống_thuốc_trừ_sâu uống_thuốc_chuột "
    "giải_thoát_cho_mình kết_thúc_mọi_thứ chấm_dứt_cuộc_đời chấm_dứt_cuộc_sống chấm_dứt_tất_cả kết_thúc_đời "
    "cắt_cổ_tay rạch_cổ_tay nhảy_xuống_sông chết_quách không_muốn_sống không_thiết_sống chẳng_muốn_sống "
    "khong_muon_song ko_muon_song k_muon_song hông_muốn_sống không_muốn_sống_nữa chết_cho_rồi chết_đi_cho_rồi",
    "SUICIDE": "tự_tử tự_sát tự_vẫn quyên_sinh",
    "LIVE": "sống",
    "ALIVE": "sống",
    "LIFE": "cuộc_sống cuộc_đời đời",
    "EXIST": "tồn_tại",
    "WAKE": "thức_dậy tỉnh_dậy tỉnh_lại",
    "NEVER_BORN": "không_được_sinh_ra đừng_sinh_ra không_sinh_ra chưa_từng_sinh_ra đừng_được_sinh_ra "
    "chưa_bao_giờ_sinh_ra chưa_từng_tồn_tại",
    "ANYMORE": "nữa +nữa +nua tiếp",
    "STOP": "dừng ngừng",
    "CONTINUE": "tiếp_tục",
    "END": "kết_thúc chấm_dứt",
    "EVERYTHING": "tất_cả mọi_thứ",
    "REASON": "lý_do lí_do",
    "POINT": "ý_nghĩa",
    "SENSE": "ý_nghĩa",
    "WORTH": "đáng",
    "DESERVE": "xứng_đáng",
    "TIRED": "+mệt mệt_mỏi chán kiệt_sức",
    "FED_UP": "chán chán_ghét chán_sống +chán",
    "BETTER": "tốt_hơn đỡ_hơn +hơn khỏe_hơn nhẹ_nhõm",
    "HAPPY": "vui_hơn hạnh_phúc_hơn",
    "DISAPPEAR": "biến_mất biến_khỏi",
    "CARE": "quan_tâm",
    "MISS": "nhớ",
    "CRY": "khóc",
    "PILLS": "thuốc thuốc_ngủ viên_thuốc +thuoc thuốc_giảm_đau",
    "SWALLOW": "nuốt",
    "EAT": "+ăn",
    "FOOD": "cơm +ăn đồ_ăn",
    "FEED": "cho_ăn",
    "SAVE": "để_dành gom tích_trữ",
    "OVERDOSE": "quá_liều uống_quá_liều",
    "JUMP": "+nhảy gieo_mình lao",
    "HIGH_PLACE": "cầu lầu sân_thượng tầng_thượng ban_công mái_nhà cửa_sổ +lầu",
    "TRAIN": "đường_ray đường_tàu xe_lửa tàu_hỏa tàu",
    "CAR": "xe xe_tải",
    "HEAD": "đầu",
    "THROAT": "cổ",
    "WRIST": "cổ_tay",
    "HANG": "treo_cổ",
    "ROPE": "dây_thừng sợi_dây",
    "GOODBYE": "vĩnh_biệt tạm_biệt từ_biệt",
    "NOTE": "thư thư_tuyệt_mệnh di_thư lá_thư",
    "WROTE": "viết",
    "WRITE": "viết",
    "LAST": "cuối_cùng",
    "MESSAGE": "tin_nhắn tin",
    "PAINLESS": "không_đau",
    "WAY": "cách",
    "SLEEP": "+ngủ",
    "CUT": "cắt rạch cứa",
    "HURT": "làm_đau làm_hại tổn_thương hại làm_tổn_thương",
    "BURN": "đốt",
    "SELF_HARM": "tự_làm_đau tự_hại tự_rạch tự_cắt tự_cứa rạch_tay cắt_tay cứa_tay tự_làm_mình_đau "
    "làm_đau_bản_thân làm_hại_bản_thân tự_làm_tổn_thương tự_làm_hại tự_hành_hạ rạch_đùi cắt_đùi tự_đốt "
    "lấy_dao_lam tự_làm_đau_mình cào_cấu_bản_thân rạch_da cắt_vào_tay rạch_vào_tay tự_đánh_mình "
    "làm_đau_chính_mình tự_cào",
    "SCARS": "vết_sẹo sẹo vết_cắt",
    "BLADE": "dao_lam lưỡi_lam dao_rọc_giấy",
    "BLEED": "chảy_máu máu",
    "ARM": "tay cánh_tay",
    "LEG": "chân đùi",
    "SKIN": "da",
    "HIDE": "giấu che",
    "HATE": "ghét +ghét căm_ghét",
    "BURDEN": "gánh_nặng",
    "HOPELESS": "tuyệt_vọng bế_tắc hết_hy_vọng không_còn_hy_vọng không_lối_thoát",
    "WORTHLESS": "vô_dụng vô_giá_trị đồ_bỏ_đi thừa_thãi người_thừa",
    "CANT_GO_ON": "không_chịu_nổi_nữa không_chịu_đựng_nổi không_chịu_được_nữa không_thể_tiếp_tục "
    "không_cố_được_nữa ko_chịu_nổi_nữa hết_chịu_nổi không_gắng_được_nữa chịu_hết_nổi không_sống_nổi",
    "EMPTY": "trống_rỗng",
    "PAIN": "đau_khổ nỗi_đau",
    "HIT": "đánh tát +đập đấm đá quất bóp_cổ hành_hạ bạo_hành đánh_đập tẩn +danh_dap +đánh_đòn xô_ngã giật_tóc "
    "đánh_con",
    "HIT_BY": "bị_đánh bị_ba_đánh bị_bố_đánh bị_mẹ_đánh bị_cha_đánh bị_bạo_hành bị_hành_hạ bị_đánh_đập "
    "bị_dượng_đánh bị_ba_mẹ_đánh bị_tát ăn_đòn bị_bóp_cổ bị_bố_mẹ_đánh",
    "BELT": "thắt_lưng dây_nịt roi cây dây_điện cán_chổi dép",
    "BRUISE": "bầm_tím bầm vết_bầm tím_người",
    "ABUSE": "lạm_dụng xâm_hại quấy_rối bạo_hành ngược_đãi sàm_sỡ",
    "ABUSE_BY": "bị_lạm_dụng bị_xâm_hại bị_quấy_rối bị_sàm_sỡ bị_ngược_đãi bị_bạo_lực",
    "RAPE": "hiếp hãm_hiếp cưỡng_hiếp hiếp_dâm cưỡng_bức",
    "RAPE_BY": "bị_hiếp bị_hãm_hiếp bị_cưỡng_hiếp bị_hiếp_dâm bị_cưỡng_bức",
    "TOUCH": "sờ sờ_mó đụng_chạm chạm rờ đụng mò_mẫm sờ_soạng vuốt_ve",
    "PRIVATE": "chỗ_kín vùng_kín bộ_phận_riêng_tư ngực mông chỗ_riêng_tư trong_quần trong_áo chỗ_nhạy_cảm",
    "WEIRD": "kỳ",
    "ROOM": "phòng",
    "BED": "giường",
    "UNDRESS": "cởi_đồ cởi_quần_áo cởi_áo khỏa_thân cởi_hết lột_đồ cởi_quần",
    "SEX": "quan_hệ làm_tình chuyện_ấy quan_hệ_tình_dục tình_dục",
    "SLEEP_WITH": "ngủ_với lên_giường_với quan_hệ_với đi_khách tiếp_khách",
    "KISS": "hôn",
    "LOCK": "nhốt khóa xích trói",
    "AFRAID": "sợ",
    "SAFE": "an_toàn",
    "HOME": "nhà +nhà",
    "SCHOOL": "trường lớp +trường",
    "CLASS": "lớp",
    "YELL": "la_mắng chửi quát mắng",
    "BULLY": "bắt_nạt bị_bắt_nạt bị_cô_lập bị_trêu_chọc bị_tẩy_chay",
    "THREAT": "dọa đe_dọa hăm_dọa dọa_giết dọa_đánh tống_tiền",
    "POST": "đăng tung phát_tán",
    "NUDES": "ảnh_nóng hình_khỏa_thân ảnh_khỏa_thân ảnh_nude hình_nhạy_cảm ảnh_nhạy_cảm hình_nude hình_nóng "
    "hình_không_mặc_đồ ảnh_không_mặc_gì",
    "PIC": "hình ảnh +hình video",
    "ASK": "đòi xin",
    "SHOOT": "bắn",
    "STAB": "đâm chém",
    "GUN": "súng",
    "KNIFE": "dao con_dao",
    "BOMB": "bom",
    "BRING": "mang đem",
    "BEAT": "đánh đập",
    "POISON": "đầu_độc",
    "PAY": "trả",
    "REVENGE": "trả_thù báo_thù",
    "RUN_AWAY": "bỏ_nhà bỏ_nhà_đi bỏ_nhà_ra_đi bỏ_trốn trốn_đi trốn_khỏi trốn_nhà bỏ_đi_bụi đi_bụi rời_khỏi_nhà "
    "bỏ_đi_khỏi_nhà chạy_trốn trốn_khỏi_nhà bỏ_đi_luôn",
    "RETURN": "quay_về quay_lại trở_về trở_lại về",
    "PACKED": "xong sẵn",
    "BAG": "ba_lô balo đồ_đạc vali quần_áo hành_lý",
    "SNEAK_OUT": "lén_ra lén_đi trốn_ra trèo_cửa_sổ lẻn_ra",
    "STREET": "ngoài_đường công_viên gầm_cầu",
    "SECRET": "bí_mật lén lén_lút giấu",
    "STAND": "chịu",
    "KICKED_OUT": "đuổi_em_ra_khỏi_nhà đuổi_con_ra_khỏi_nhà đuổi_ra_khỏi_nhà không_có_chỗ_ngủ "
    "không_có_chỗ_nào_để_đi đuổi_ra_đường",
    "SELL": "bán",
    "SOLD_BY": "bán_em bán_con bán_tôi bị_bán bán_dâm bán_thân bán_mình ép_bán_dâm bị_lừa_bán",
    "BODY": "thân cơ_thể thân_thể người",
    "MEN": "đàn_ông mấy_ông người_lạ khách mấy_chú bạn_của_hắn ông_già",
    "STRANGERS": "người_lạ",
    "CLIENT": "khách",
    "PIMP": "tú_bà ma_cô dắt_gái",
    "HOTEL": "khách_sạn nhà_nghỉ",
    "PASSPORT": "hộ_chiếu",
    "PAPERS": "giấy_tờ",
    "BOSS": "chủ bà_chủ ông_chủ",
    "OWE": "nợ thiếu_nợ",
    "WORK": "làm_việc làm",
    "MONEY": "tiền +tiền đô",
    "NUMBER": "số_điện_thoại sđt sdt số_đt",
    "PHONE": "điện_thoại",
    "EMAIL": "email",
    "HANDLE": "nick tài_khoản",
    "USERNAME": "nick tên_tài_khoản",
    "ADDRESS": "địa_chỉ",
    "PERSONAL": "riêng cá_nhân",
    "TEXT": "nhắn nhắn_tin",
    "CALL": "gọi",
    "ADD": "kết_bạn thêm add",
    "FOLLOW": "theo_dõi",
    "FIND": "tìm",
    "TALK": "nói_chuyện trò_chuyện tâm_sự",
    "CHAT": "chat",
    "SPEAK": "nói",
    "CONVERSATION": "cuộc_trò_chuyện đoạn_chat",
    "MOVE": "chuyển +qua sang",
    "SWITCH": "đổi",
    "LETS": "mình hay",
    "PLATFORM": "ứng_dụng app",
    "MEET": "gặp gặp_nhau hẹn gặp_mặt hẹn_hò đi_chơi gap_nhau gap_em",
    "ALONE": "một_mình riêng hai_đứa hai_người hai_anh_em mot_minh hai_chú_cháu",
    "JUST_US": "chỉ_hai_đứa chỉ_có_hai_đứa chỉ_hai_mình hai_đứa_mình_thôi chỉ_hai_ta chỉ_có_hai_người "
    "chỉ_hai_người chỉ_có_anh_và_em chỉ_anh_với_em chỉ_mình_với",
    "PLACE": "nhà_anh nhà_chú nhà_thầy nhà_chị nhà_cô nhà_riêng",
    "PICK_UP": "đón_em đón_con đón_cháu rước",
    "SEE": "gặp thấy",
    "BEHIND": "sau",
    "BUY": "mua",
    "BOUGHT": "mua",
    "GIFT": "quà món_quà tặng",
    "SHOES": "giày",
    "CLOTHES": "váy áo_mới",
    "CONSOLE": "iphone máy_game",
    "NECKLACE": "dây_chuyền vòng_tay nhẫn",
    "LEND": "cho_mượn cho_vay",
    "BORROW": "mượn vay",
    "TRANSFER": "chuyển_khoản",
    "TELL": "nói kể mách méc nói_cho nói_với kể_cho kể_với noi_voi noi_cho ke_cho ke_voi",
    "SHOW": "cho_xem đưa_cho",
    "KNOW": "biết +biết +biet",
    "FIND_OUT": "biết thấy phát_hiện",
    "MUST": "cần phải",
    "BETWEEN_US": "giữa_hai_đứa giữa_chúng_ta giữa_hai_chúng_ta giữa_hai_người giữa_mình giữa_anh_và_em "
    "giữa_tụi_mình giữa_chú_cháu giữa_hai_đứa_mình giữa_hai_anh_em giữa_em_và_anh",
    "DELETE": "xóa xoá",
    "READ": "đọc xem",
    "PROMISE": "hứa",
    "IN_LOVE": "yêu_em yêu_anh phải_lòng thích_em thương_em_nhiều yeu_em",
    "SEXY": "sexy quyến_rũ gợi_cảm",
    "BEAUTIFUL": "xinh đẹp xinh_đẹp",
    "LIPS": "môi mắt",
    "HOLD": "ôm",
    "DREAM": "mơ",
    "MATURE": "trưởng_thành chín_chắn già_dặn người_lớn_hơn",
    "AGE": "tuổi",
    "UNDERWEAR": "đồ_lót",
    "SWIMSUIT": "bikini đồ_bơi",
    "VIRGIN": "trinh còn_trinh",
    "MARRY": "cưới",
    "FICTION": "phim truyện sách bài_hát nhân_vật trò_chơi game tiểu_thuyết lịch_sử bài_văn anime kịch "
    "chương_trình_tv tập_phim bài_tập phòng_chống",
    "LAUGH": "haha hihi kaka há_há =)) hehe",
    "LAUGHTER": "+cười buồn_cười",
    "HUNGER": "đói +đói",
    "THIRST": "khát",
    "HEAT": "nóng",
    "COLD": "lạnh",
    "BOREDOM": "chán",
    "EMBARRASSMENT": "ngượng xấu_hổ mắc_cỡ quê ngại",
    "SLEEPY": "buồn_ngủ",
    "TIREDNESS": "mệt +mệt mỏi",
    "CUTE": "dễ_thương cưng đẹp ngon thích vui đau_bụng no tức sợ lo mừng cay",
    "GRADES": "điểm_kém điểm trượt về_trễ",
    "HAIR": "tóc",
    "GRASS": "cỏ",
    "CAKE": "bánh rau thịt hành trái_cây",
    "PAPER": "giấy",
    "NAILS": "móng_tay móng móng_chân",
    "BALL": "bóng banh",
    "ALLERGY": "dị_ứng",
    "HEADACHE": "nhức_đầu đau_đầu cảm_cúm sốt",
    "VITAMIN": "vitamin bổ",
    "DOCTOR": "bác_sĩ",
    "BIRTHDAY": "sinh_nhật",
    "CHRISTMAS": "giáng_sinh đám_cưới",
    "SURPRISE": "bất_ngờ",
    "DOG": "chó",
    "EVERYDAY": "bị_đánh_bại "
    "cháy đứt_tay đánh_bại "
    "giết_thời_gian chết_máy hết_pin pin_chết máy_chết chết_cười cười_chết chết_mê chết_rồi "
    "chết_chưa cắt_tóc cắt_cỏ cắt_móng_tay cắt_móng từ_từ đánh_răng đánh_máy đánh_bài đánh_vần đánh_giá "
    "đánh_bóng đánh_trống đánh_đàn đánh_cờ đánh_thức đá_bóng đá_banh đập_hộp tim_đập sống_động đời_sống "
    "cuộc_sống_hàng_ngày nhà_bếp bắt_đầu bắt_tay bắt_xe ép_nước mệt_muốn_chết đói_muốn_chết vui_muốn_chết "
    "ngon_muốn_chết lạnh_muốn_chết nóng_muốn_chết buồn_cười_muốn_chết cười_muốn_chết mắc_cười_muốn_chết "
    "mệt_muốn_xỉu cười_đau_bụng chán_muốn_chết ngượng_muốn_chết đau_bụng_muốn_chết sợ_muốn_chết sợ_chết_khiếp "
    "khát_muốn_chết mệt_chết_đi_được đói_chết_đi_được chết_khiếp chết_tiệt chết_đi_được buồn_ngủ_muốn_chết "
    "quê_muốn_chết tức_muốn_chết no_muốn_chết mac_cuoi_muon_chet mac_co_muon_chet nhuc_dau_muon_chet "
    "đau_đầu_muốn_chết mệt_gần_chết đói_gần_chết mệt_quá_muốn_chết đói_quá_muốn_chết nóng_quá_muốn_chết "
    "hình_như hình_ảnh bán_hàng bán_kết",
    "I+WANT": "t_muốn",
    "FINGER": "ngón_tay",
    "HEAPS": "hai_chục ba_chục bốn_chục năm_chục cả_nắm",
    "ILLNESS": "ung_thư",
}

CRISIS = {
    "suicide": """
        ! không|ko|khong|chẳng|k|hông|chả muốn|thiết|ham sống
        ! không|ko|khong|chẳng|k|hông muốn thức|tỉnh dậy
        ! không|chẳng còn lý|muốn|thiết|động do|sống|lực sống?
        ! không|chẳng còn? REASON|POINT .. LIVE
        ! sống LIVE? không|chẳng còn|có ý|POINT
        ! LIVE không|chẳng còn|có POINT|WHAT_FOR
        LIVE WHAT_FOR
        chán sống
        I chán sống
        FED_UP sống
        WANT chết|chet
        WANT SUICIDE
        SUICIDE
        chết đi cho|là|thì rồi|xong|hơn|BETTER
        nếu I chết
        muon|muốn DIE
        ! khong|ko|k muon song
        thà chết
        chết BETTER
        ! BETTER nếu|khi không|ko|khong có? ME
        ! không|vắng có ME .. BETTER|HAPPY|vui
        uống hết|nhiều|cả|hết? PILLS .. DIE|BOTTLE|hết|luôn
        uống|nuốt hết|nhiều|cả BOTTLE? PILLS
        nhảy HIGH_PLACE
        nhảy|lao xuống|từ|vào HIGH_PLACE|TRAIN|CAR|sông|tàu
        ngủ .. không|đừng|chẳng .. dậy
        ngủ FOREVER|mãi
        viết|NOTE thư tuyệt mệnh
        tạm|vĩnh biệt mọi|tất người|cả
        mai|ngày em|con|tôi|mình sẽ? không còn|ở
    """,
    "self_harm": """
        tự cắt|rạch|cứa|đốt|đánh|làm
        cắt|rạch|cứa cổ? tay|đùi|da|chân mình|tôi|em|con
        dao lam|rọc .. tay|đùi|da
        lấy dao cắt|rạch|cứa
        làm đau|hại bản|chính|MYSELF thân|mình|MYSELF
    """,
    "abuse": """
        FAMILY|ADULT|PARTNER|PERSON đánh|tát|đập|đấm|đá|bóp|quất em|con|tôi|mình|tao|cháu|mẹ|má
        FAMILY|ADULT|PARTNER|PERSON .. đánh|tát|đập|bóp|quất|HIT em|con|tôi|mình|cháu|mẹ|má|ME
        đánh|danh em|con|tôi|mình bằng|mỗi|hoài|suốt|bầm
        đánh|danh con|em bang
        FAMILY hay|ADULT danh|đánh con|em|toi|tôi
        FAMILY danh con|em|toi
        FAMILY|ADULT|PARTNER|PERSON sờ|đụng|rờ|chạm|TOUCH .. em|con|tôi|mình|ME|người|đùi|ngực|PRIVATE
        TOUCH PRIVATE
        vào|vô|lẻn phòng|giường em|con|tôi .. NIGHT|đêm|khi|UNDRESS
        cởi|lột .. đồ|áo|quần em|con|tôi|ME
        bắt|ép em|con|tôi cởi|ngủ|quan|sờ|hôn|SEX|UNDRESS|SLEEP_WITH|KISS|TOUCH
        nhốt|trói|xích em|con|tôi|mình
        ! không|bỏ cho|đói em|con|tôi ăn
        bỏ đói em|con|tôi
        đốt|gí em|con|tôi thuốc|tàn
        FAMILY HIT FAMILY
    """,
    "violence": """
        sẽ|định|muốn|phải giết|đâm|bắn|chém nó|hắn|tụi|thằng|FAMILY|ADULT|HIM|THEM|người|con|cả|mọi|EVERYONE|PERSON|PEER|PARTNER
        giết chết? nó|hắn|tụi|thằng|HIM|THEM|cả|hết|EVERYONE
        đâm chết? nó|hắn|thằng|HIM|THEM
        dọa|đòi|nói sẽ? giết|đâm|bắn|chém em|con|tôi|mình|mẹ|cả|FAMILY
        FAMILY|PARTNER|PERSON muốn|định giết|đâm|chém em|con|tôi|mình|ME
        mang|đem dao|súng|GUN|KNIFE đến|vào|tới|lên SCHOOL|trường|lớp
        đốt trường|nhà
        đánh bom|nổ trường
    """,
    "running_away": """
        WANT|GO|tối bỏ nhà
        bỏ nhà
        bỏ trốn
        trốn khỏi nhà
        đi .. không|khong|ko bao|về|quay|trở|RETURN
        ! không|ko|khong về|RETURN nhà nữa
        ngủ ngoài|ở đường|công|gầm
        WANT RUN_AWAY
        RUN_AWAY
    """,
    "trafficking": """
        bắt|ép em|con|tôi tiếp|ngủ|bán|đi|làm|quan|FORCE|SLEEP_WITH khách|người|thân|dâm|việc|đàn
        bán em|con|tôi|thân|dâm
        giữ|lấy|cầm hộ|giấy|PASSPORT|PAPERS của? em|con|tôi|mình|hết
        ngủ với MEN .. lấy|trả|tiền
        bắt|ép em|con|tôi .. SLEEP_WITH
        SLEEP_WITH .. MONEY|tiền
        SLEEP_WITH .. MEN|MONEY
        lấy hết tiền em|con|tôi & khách|làm
        nợ & tiếp khách
        ! không cho em|con|tôi ra ngoài & làm|nợ
    """,
}

CONCERN = {
    "suicide": """
        ước|giá gì|như .. không|chưa .. sinh|tồn
        WANT|WISH .. DISAPPEAR
        ! không|chẳng|khong ai cần|thương|yêu|quan tôi|em|con|mình|tâm
        ! NOBODY thương|cần|yêu em|con|tôi|mình|ME
        ghét bản|chính|MYSELF thân|mình
        ghét MYSELF
        vô dụng
        gánh nặng
        không|ko chịu nổi|được nữa
        WANT biến mất
        mệt mỏi với cuộc|mọi|tất
        TIRED LIFE|cuộc
    """,
    "abuse": """
        sợ về nhà|ba|bố|FAMILY
        sợ FAMILY|PARTNER
        ! không an toàn ở? nhà
        bị|tụi bạn|nó chế|bắt|trêu|đánh
        chửi|mắng em|con|tôi suốt|hoài|mỗi
        đòi|dọa|xin ảnh|hình NUDES|nóng|khỏa
    """,
    "violence": """
        sẽ|muốn|định đánh|đập|tẩn nó|hắn|tụi|thằng|HIM|THEM
        trả thù
    """,
    "running_away": """
        muốn|nghĩ|định rời|đi|ra khỏi nhà
        không|chẳng|ko muốn ở|sống nhà|đây|với|chung
        muốn đi thật? xa
    """,
    "contact_details": """
        số điện thoại|của? anh|chị|chú|thầy|cô|mình|tôi|em|riêng
        số của? anh|chị|chú|thầy|cô|mình
        cho|gửi anh|chị|chú|thầy|cô|mình số|xin
        xin số|sđt|nick em|con|cháu|điện
        gọi|nhắn cho? anh|chị|chú|thầy|cô|mình số|theo|qua
    """,
    "other_apps": """
        nhắn|nói|kết|gọi|chat|add|thêm .. qua|bạn|trên|sang|bằng APP
        nhắn|kết|gọi|chat|add .. APP
        em|con|cháu|bạn có|dùng|xài APP
        chuyển|qua|sang|lên APP
        nick|tài APP
        APP của? em|anh|con|mình|chú|chị|cháu
        add|kết bạn? APP
    """,
    "secret_meeting": """
        gặp .. một|riêng|lén|bí|ALONE|SECRET|JUST_US
        gặp .. đừng|không .. FAMILY|ai
        hẹn .. riêng|một|lén|ALONE|SECRET|JUST_US
        đến|qua|tới|ghé PLACE
        đến|qua|tới nhà anh|chú|thầy|chị một|chơi|tối|ALONE|đi
        đừng|không dẫn|rủ|đưa theo? ai|mẹ|ba|FAMILY|ANYONE
        khi|lúc FAMILY|ba|bố|mẹ .. không|vắng|ngủ|đi
        anh|chú|thầy đón em|con|cháu .. đừng|tối|riêng|góc
        trốn ra gặp|với
        đừng cho|để FAMILY|ba|mẹ .. biết
    """,
    "gifts": """
        mua|tặng|có|mua cho? em|con|cháu|bạn quà|cái|một|đôi|điện|iphone|giày|gì|áo|váy
        mua cho em|con|cháu|bạn
        anh|chú|thầy|chị tặng em|con|cháu
        quà cho|tặng em|con|cháu|bạn
        mua quà
    """,
    "money": """
        cho|gửi|chuyển em|con|cháu|bạn|anh|chú|mình tiền|mượn|vay
        chuyển|gửi tiền|khoản cho? em|con|cháu|anh|chú
        mượn|vay .. tiền
        anh|chú|thầy sẽ? trả|cho tiền|em
        cần tiền & anh|chú|em|cho
    """,
    "secrecy": """
        ! đừng|không|ko|khong|dung nói|kể|mách|méc|cho|noi|ke .. ai|FAMILY|mẹ|ba|ANYONE|STAFF|me|bố
        ! đừng|không|ko để|cho .. FAMILY|ai|mẹ|ba|STAFF|ANYONE biết|thấy|xem
        bí mật|SECRET của? chúng|hai|mình|tụi|ta|riêng
        giữ bí|kín mật
        giữ SECRET
        SECRET .. chúng|hai|mình|BETWEEN_US|US
        chỉ hai|hai? đứa|mình|ta|người biết
        xóa|xoá tin|hết|đoạn|cuộc nhắn|chat|trò|MESSAGE
        ! FAMILY|mẹ|ba|ai .. không|đừng cần|nên|được biết
        ! không ai|cần .. biết chuyện
        hứa .. không|đừng nói|kể
    """,
    "romance": """
        anh|chú|thầy|mình|tôi yêu|thích|thương|nhớ em|con|cháu|bạn nhiều|lắm|quá|hơn
        anh yêu em
        anh|thầy|chú thích em
        muốn|ước được? hôn|ôm|chạm em|cháu
        em|cháu xinh|đẹp|sexy|quyến|gợi quá|lắm|rũ|cảm & môi|người|anh|thân
        em SEXY
        gửi .. hình|ảnh .. em|không|khỏa|đồ|nóng|mát|tắm
        gửi anh|chú|thầy hình|ảnh|một
        em có bạn|người trai|gái|yêu chưa
        có người|bạn yêu|trai chưa
        em YOU? có PARTNER chưa
        nhớ em|nghĩ suốt|cả|mỗi đêm
        làm bạn|người gái|yêu anh|mình
        tuổi tác không
        em trưởng|chín thành|chắn hơn|so
        MATURE .. tuổi
        anh mơ|nghĩ thấy|về em
        em đang? mặc gì
    """,
}

EVERYDAY = """
    chạy|leo|chờ|đợi|bơi muốn chết
    CUTE|SLEEPY|HUNGER|TIREDNESS|LAUGHTER|HEAT|COLD|THIRST|EMBARRASSMENT quá? muốn|gần chết
    CUTE|SLEEPY|HUNGER|TIREDNESS|LAUGHTER|HEAT|COLD|THIRST|EMBARRASSMENT chết đi? được?
    FAMILY .. giết con|em|tôi|mình|chết mất|nếu|vì|thôi
    nếu ... FAMILY .. giết con|em|tôi|mình
    giết thời gian
    bài|bài tập .. giết em|con|tôi
    ! không bao giờ .. HURT|SELF_HARM|KILL
    chết cười
    cắt tóc|cỏ|móng|bánh|rau|giấy|thịt|điện|nước
    đánh răng|máy|bài|đàn|cờ|trống|giá
    con yêu mẹ|ba|bố
    mẹ|ba|bố|bà|ông yêu|thương con|cháu
"""
