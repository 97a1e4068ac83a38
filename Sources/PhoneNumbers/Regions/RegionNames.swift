/// Every region that has phone numbers: its two and three letters, then its names. The first two are English and
/// Spanish, for showing; the others are for reading: Portuguese, Chinese in both scripts, and what people write.
/// Source: ISO 3166-1; names as Unicode CLDR has them.
let regionNames = """
    AC ASC Ascension Island|Isla de la Ascensión|Ilha de Ascensão|阿森松島|阿森松岛
    AD AND Andorra|Andorra|安道爾|安道尔
    AE ARE United Arab Emirates|Emiratos Árabes Unidos|Emirados Árabes Unidos|\
    阿拉伯聯合大公國|阿拉伯联合酋长国|UAE|EAU|Emirates|Emiratos
    AF AFG Afghanistan|Afganistán|Afeganistão|阿富汗
    AG ATG Antigua & Barbuda|Antigua y Barbuda|Antígua e Barbuda|安地卡及巴布達|安提瓜和巴布达
    AI AIA Anguilla|Anguila|安奎拉|安圭拉
    AL ALB Albania|Albania|阿爾巴尼亞|阿尔巴尼亚
    AM ARM Armenia|Armenia|亞美尼亞|亚美尼亚
    AO AGO Angola|Angola|安哥拉
    AR ARG Argentina|Argentina|阿根廷
    AS ASM American Samoa|Samoa Americana|美屬薩摩亞|美属萨摩亚
    AT AUT Austria|Austria|奧地利|奥地利|Österreich
    AU AUS Australia|Australia|澳洲|澳大利亚|澳大利亞
    AW ABW Aruba|Aruba|荷屬阿魯巴|阿鲁巴
    AX ALA Åland Islands|Islas Aland|Ilhas Aland|奧蘭群島|奥兰群岛
    AZ AZE Azerbaijan|Azerbaiyán|Azerbaijão|亞塞拜然|阿塞拜疆
    BA BIH Bosnia & Herzegovina|Bosnia y Herzegovina|Bósnia e Herzegovina|波士尼亞與赫塞哥維納|波斯尼亚和黑塞哥维那
    BB BRB Barbados|Barbados|巴貝多|巴巴多斯
    BD BGD Bangladesh|Bangladés|孟加拉|孟加拉国|孟加拉國
    BE BEL Belgium|Bélgica|比利時|比利时
    BF BFA Burkina Faso|Burkina Faso|Burquina Faso|布吉納法索|布基纳法索
    BG BGR Bulgaria|Bulgaria|保加利亞|保加利亚
    BH BHR Bahrain|Baréin|巴林
    BI BDI Burundi|Burundi|蒲隆地|布隆迪
    BJ BEN Benin|Benín|貝南|贝宁
    BL BLM St. Barthélemy|San Bartolomé|São Bartolomeu|聖巴瑟米|圣巴泰勒米
    BM BMU Bermuda|Bermudas|百慕達|百慕大
    BN BRN Brunei|Brunéi|汶萊|文莱
    BO BOL Bolivia|Bolivia|玻利維亞|玻利维亚|Plurinational State of Bolivia
    BQ BES Caribbean Netherlands|Caribe neerlandés|Países Baixos Caribenhos|荷蘭加勒比區|荷属加勒比区
    BR BRA Brazil|Brasil|巴西
    BS BHS Bahamas|Bahamas|巴哈馬|巴哈马|The Bahamas
    BT BTN Bhutan|Bután|Butão|不丹
    BW BWA Botswana|Botsuana|波札那|博茨瓦纳
    BY BLR Belarus|Bielorrusia|Bielorrússia|白俄羅斯|白俄罗斯
    BZ BLZ Belize|Belice|貝里斯|伯利兹
    CA CAN Canada|Canadá|加拿大
    CC CCK Cocos (Keeling) Islands|Islas Cocos|Ilhas Cocos (Keeling)|科克斯（基靈）群島|科科斯（基林）群岛
    CD COD Democratic Republic of the Congo|República Democrática del Congo|Congo - Kinshasa|\
    剛果（金夏沙）|刚果（金）|DR Congo|RD Congo
    CF CAF Central African Republic|República Centroafricana|中非共和國|中非共和国
    CG COG Republic of the Congo|República del Congo|Congo - Brazzaville|Congo|República do Congo|剛果（布拉薩）|刚果（布）
    CH CHE Switzerland|Suiza|Suíça|瑞士|Schweiz|Suisse|Svizzera
    CI CIV Côte d’Ivoire|Côte d’Ivoire|Costa do Marfim|象牙海岸|科特迪瓦|Ivory Coast|Costa de Marfil
    CK COK Cook Islands|Islas Cook|Ilhas Cook|庫克群島|库克群岛
    CL CHL Chile|Chile|智利
    CM CMR Cameroon|Camerún|Camarões|喀麥隆|喀麦隆
    CN CHN China|China|中國|中国|PRC|中國大陸|中国大陆|Mainland China
    CO COL Colombia|Colombia|哥倫比亞|哥伦比亚
    CR CRI Costa Rica|Costa Rica|哥斯大黎加|哥斯达黎加
    CU CUB Cuba|Cuba|古巴
    CV CPV Cape Verde|Cabo Verde|維德角|佛得角
    CW CUW Curaçao|Curazao|庫拉索|库拉索
    CX CXR Christmas Island|Isla de Navidad|Ilha Christmas|聖誕島|圣诞岛
    CY CYP Cyprus|Chipre|賽普勒斯|塞浦路斯
    CZ CZE Czechia|Chequia|Tchéquia|捷克|Czech Republic|República Checa
    DE DEU Germany|Alemania|Alemanha|德國|德国|Deutschland
    DJ DJI Djibouti|Yibuti|Djibuti|吉布地|吉布提
    DK DNK Denmark|Dinamarca|丹麥|丹麦
    DM DMA Dominica|Dominica|多米尼克
    DO DOM Dominican Republic|República Dominicana|多明尼加共和國|多米尼加共和国|Dominican Rep|Rep Dominicana|R Dominicana
    DZ DZA Algeria|Argelia|阿爾及利亞|阿尔及利亚
    EC ECU Ecuador|Ecuador|Equador|厄瓜多|厄瓜多尔
    EE EST Estonia|Estonia|愛沙尼亞|爱沙尼亚
    EG EGY Egypt|Egipto|Egito|埃及
    EH ESH Western Sahara|Sáhara Occidental|Saara Ocidental|西撒哈拉
    ER ERI Eritrea|Eritrea|Eritreia|厄利垂亞|厄立特里亚
    ES ESP Spain|España|Espanha|西班牙|Espanya|Spanien
    ET ETH Ethiopia|Etiopía|衣索比亞|埃塞俄比亚
    FI FIN Finland|Finlandia|芬蘭|芬兰
    FJ FJI Fiji|Fiyi|斐濟|斐济
    FK FLK Falkland Islands|Islas Malvinas|Ilhas Malvinas|福克蘭群島|福克兰群岛|Malvinas
    FM FSM Micronesia|Micronesia|密克羅尼西亞|密克罗尼西亚
    FO FRO Faroe Islands|Islas Feroe|Ilhas Faroé|法羅群島|法罗群岛
    FR FRA France|Francia|França|法國|法国|la France
    GA GAB Gabon|Gabón|Gabão|加彭|加蓬
    GB GBR United Kingdom|Reino Unido|英國|\
    英国|UK|Great Britain|England|Scotland|Wales|Gran Bretaña|Inglaterra|Grã-Bretanha
    GD GRD Grenada|Granada|格瑞那達|格林纳达
    GE GEO Georgia|Georgia|喬治亞|格鲁吉亚
    GF GUF French Guiana|Guayana Francesa|Guiana Francesa|法屬圭亞那|法属圭亚那
    GG GGY Guernsey|Guernesey|根息|根西岛
    GH GHA Ghana|Ghana|Gana|迦納|加纳
    GI GIB Gibraltar|Gibraltar|直布羅陀|直布罗陀
    GL GRL Greenland|Groenlandia|格陵蘭|格陵兰
    GM GMB Gambia|Gambia|甘比亞|冈比亚|The Gambia
    GN GIN Guinea|Guinea|Guiné|幾內亞|几内亚
    GP GLP Guadeloupe|Guadalupe|瓜地洛普|瓜德罗普
    GQ GNQ Equatorial Guinea|Guinea Ecuatorial|Guiné Equatorial|赤道幾內亞|赤道几内亚
    GR GRC Greece|Grecia|希臘|希腊
    GT GTM Guatemala|Guatemala|瓜地馬拉|危地马拉
    GU GUM Guam|Guam|關島|关岛
    GW GNB Guinea-Bissau|Guinea-Bisáu|Guiné-Bissau|幾內亞比索|几内亚比绍
    GY GUY Guyana|Guyana|Guiana|蓋亞那|圭亚那
    HK HKG Hong Kong|Hong Kong|Hong Kong SAR China|RAE de Hong Kong|Hong Kong, RAE da China|中國香港特別行政區|中国香港特别行政区|香港
    HN HND Honduras|Honduras|宏都拉斯|洪都拉斯
    HR HRV Croatia|Croacia|克羅埃西亞|克罗地亚
    HT HTI Haiti|Haití|海地
    HU HUN Hungary|Hungría|匈牙利
    ID IDN Indonesia|Indonesia|印尼|印度尼西亚
    IE IRL Ireland|Irlanda|愛爾蘭|爱尔兰
    IL ISR Israel|Israel|以色列
    IM IMN Isle of Man|Isla de Man|Ilha de Man|曼島|马恩岛
    IN IND India|India|印度
    IO IOT British Indian Ocean Territory|Territorio Británico del Océano Índico|Território Britânico do Oceano Índico|\
    英屬印度洋領地|英属印度洋领地
    IQ IRQ Iraq|Irak|Iraque|伊拉克
    IR IRN Iran|Irán|Irã|伊朗|Islamic Republic of Iran
    IS ISL Iceland|Islandia|冰島|冰岛
    IT ITA Italy|Italia|義大利|意大利|Italien
    JE JEY Jersey|Jersey|澤西島|泽西岛
    JM JAM Jamaica|Jamaica|牙買加|牙买加
    JO JOR Jordan|Jordania|約旦|约旦
    JP JPN Japan|Japón|Japão|日本|Nippon
    KE KEN Kenya|Kenia|Quênia|肯亞|肯尼亚
    KG KGZ Kyrgyzstan|Kirguistán|Quirguistão|吉爾吉斯|吉尔吉斯斯坦
    KH KHM Cambodia|Camboya|Camboja|柬埔寨
    KI KIR Kiribati|Kiribati|Quiribati|吉里巴斯|基里巴斯
    KM COM Comoros|Comoras|Comores|葛摩|科摩罗
    KN KNA St. Kitts & Nevis|San Cristóbal y Nieves|São Cristóvão e Névis|聖克里斯多福及尼維斯|圣基茨和尼维斯
    KP PRK North Korea|Corea del Norte|Coreia do Norte|北韓|朝鲜
    KR KOR South Korea|Corea del Sur|Coreia do Sul|南韓|韩国|Korea|Republic of Korea|Corea|Coreia|韓國
    KW KWT Kuwait|Kuwait|科威特
    KY CYM Cayman Islands|Islas Caimán|Ilhas Cayman|開曼群島|开曼群岛
    KZ KAZ Kazakhstan|Kazajistán|Cazaquistão|哈薩克|哈萨克斯坦
    LA LAO Laos|Laos|寮國|老挝|Lao People's Democratic Republic
    LB LBN Lebanon|Líbano|黎巴嫩
    LC LCA St. Lucia|Santa Lucía|聖露西亞|圣卢西亚
    LI LIE Liechtenstein|Liechtenstein|列支敦斯登|列支敦士登
    LK LKA Sri Lanka|Sri Lanka|斯里蘭卡|斯里兰卡
    LR LBR Liberia|Liberia|賴比瑞亞|利比里亚
    LS LSO Lesotho|Lesoto|賴索托|莱索托
    LT LTU Lithuania|Lituania|立陶宛
    LU LUX Luxembourg|Luxemburgo|盧森堡|卢森堡
    LV LVA Latvia|Letonia|拉脫維亞|拉脱维亚
    LY LBY Libya|Libia|利比亞|利比亚
    MA MAR Morocco|Marruecos|Marrocos|摩洛哥
    MC MCO Monaco|Mónaco|摩納哥|摩纳哥
    MD MDA Moldova|Moldavia|摩爾多瓦|摩尔多瓦|Republic of Moldova
    ME MNE Montenegro|Montenegro|蒙特內哥羅|黑山
    MF MAF St. Martin|San Martín|São Martinho|法屬聖馬丁|法属圣马丁
    MG MDG Madagascar|Madagascar|馬達加斯加|马达加斯加
    MH MHL Marshall Islands|Islas Marshall|Ilhas Marshall|馬紹爾群島|马绍尔群岛
    MK MKD North Macedonia|Macedonia del Norte|Macedônia do Norte|北馬其頓|北马其顿|Macedonia
    ML MLI Mali|Mali|馬利|马里
    MM MMR Myanmar|Myanmar|Mianmar|緬甸|缅甸|Burma|Birmania
    MN MNG Mongolia|Mongolia|蒙古
    MO MAC Macao|Macao|Macao SAR China|RAE de Macao|Macau, RAE da China|中國澳門特別行政區|中国澳门特别行政区|Macau|澳門|澳门
    MP MNP Northern Mariana Islands|Islas Marianas del Norte|Ilhas Marianas do Norte|北馬利安納群島|北马里亚纳群岛
    MQ MTQ Martinique|Martinica|馬丁尼克|马提尼克
    MR MRT Mauritania|Mauritania|茅利塔尼亞|毛里塔尼亚
    MS MSR Montserrat|Montserrat|蒙哲臘|蒙特塞拉特
    MT MLT Malta|Malta|馬爾他|马耳他
    MU MUS Mauritius|Mauricio|模里西斯|毛里求斯
    MV MDV Maldives|Maldivas|馬爾地夫|马尔代夫
    MW MWI Malawi|Malaui|馬拉威|马拉维
    MX MEX Mexico|México|墨西哥|Méjico|Estados Unidos Mexicanos
    MY MYS Malaysia|Malasia|馬來西亞|马来西亚
    MZ MOZ Mozambique|Mozambique|Moçambique|莫三比克|莫桑比克
    NA NAM Namibia|Namibia|納米比亞|纳米比亚
    NC NCL New Caledonia|Nueva Caledonia|Nova Caledônia|新喀里多尼亞|新喀里多尼亚
    NE NER Niger|Níger|尼日|尼日尔
    NF NFK Norfolk Island|Isla Norfolk|Ilha Norfolk|諾福克島|诺福克岛
    NG NGA Nigeria|Nigeria|奈及利亞|尼日利亚
    NI NIC Nicaragua|Nicaragua|尼加拉瓜
    NL NLD Netherlands|Países Bajos|Países Baixos|荷蘭|荷兰|Holland|Holanda|The Netherlands
    NO NOR Norway|Noruega|挪威
    NP NPL Nepal|Nepal|尼泊爾|尼泊尔
    NR NRU Nauru|Nauru|諾魯|瑙鲁
    NU NIU Niue|Niue|紐埃島|纽埃
    NZ NZL New Zealand|Nueva Zelanda|Nova Zelândia|紐西蘭|新西兰
    OM OMN Oman|Omán|Omã|阿曼
    PA PAN Panama|Panamá|巴拿馬|巴拿马
    PE PER Peru|Perú|秘魯|秘鲁
    PF PYF French Polynesia|Polinesia Francesa|法屬玻里尼西亞|法属波利尼西亚
    PG PNG Papua New Guinea|Papúa Nueva Guinea|Papua-Nova Guiné|巴布亞紐幾內亞|巴布亚新几内亚
    PH PHL Philippines|Filipinas|菲律賓|菲律宾|Pilipinas
    PK PAK Pakistan|Pakistán|Paquistão|巴基斯坦
    PL POL Poland|Polonia|波蘭|波兰
    PM SPM St. Pierre & Miquelon|San Pedro y Miquelón|São Pedro e Miquelão|聖皮埃與密克隆群島|圣皮埃尔和密克隆群岛
    PR PRI Puerto Rico|Puerto Rico|Porto Rico|波多黎各
    PS PSE Palestine|Palestina|Palestinian Territories|Territorios Palestinos|巴勒斯坦自治區|巴勒斯坦领土
    PT PRT Portugal|Portugal|葡萄牙
    PW PLW Palau|Palaos|帛琉|帕劳
    PY PRY Paraguay|Paraguay|Paraguai|巴拉圭
    QA QAT Qatar|Catar|卡達|卡塔尔
    RE REU Réunion|Reunión|Reunião|留尼旺|留尼汪
    RO ROU Romania|Rumanía|Romênia|羅馬尼亞|罗马尼亚
    RS SRB Serbia|Serbia|Sérvia|塞爾維亞|塞尔维亚
    RU RUS Russia|Rusia|俄羅斯|俄罗斯|Russian Federation|Federación Rusa|俄國
    RW RWA Rwanda|Ruanda|盧安達|卢旺达
    SA SAU Saudi Arabia|Arabia Saudí|Arábia Saudita|沙烏地阿拉伯|沙特阿拉伯|KSA
    SB SLB Solomon Islands|Islas Salomón|Ilhas Salomão|索羅門群島|所罗门群岛
    SC SYC Seychelles|Seychelles|Seicheles|塞席爾|塞舌尔
    SD SDN Sudan|Sudán|Sudão|蘇丹|苏丹
    SE SWE Sweden|Suecia|瑞典
    SG SGP Singapore|Singapur|Singapura|新加坡
    SH SHN St. Helena|Santa Elena|Santa Helena|聖赫勒拿島|圣赫勒拿
    SI SVN Slovenia|Eslovenia|斯洛維尼亞|斯洛文尼亚
    SJ SJM Svalbard & Jan Mayen|Svalbard y Jan Mayen|Svalbard e Jan Mayen|挪威屬斯瓦巴及尖棉|斯瓦尔巴和扬马延
    SK SVK Slovakia|Eslovaquia|斯洛伐克
    SL SLE Sierra Leone|Sierra Leona|Serra Leoa|獅子山|塞拉利昂
    SM SMR San Marino|San Marino|聖馬利諾|圣马力诺
    SN SEN Senegal|Senegal|塞內加爾|塞内加尔
    SO SOM Somalia|Somalia|索馬利亞|索马里
    SR SUR Suriname|Surinam|蘇利南|苏里南
    SS SSD South Sudan|Sudán del Sur|Sudão do Sul|南蘇丹|南苏丹
    ST STP São Tomé & Príncipe|Santo Tomé y Príncipe|São Tomé e Príncipe|聖多美普林西比|圣多美和普林西比
    SV SLV El Salvador|El Salvador|薩爾瓦多|萨尔瓦多|Salvador
    SX SXM Sint Maarten|Sint Maarten|荷屬聖馬丁|荷属圣马丁
    SY SYR Syria|Siria|敘利亞|叙利亚|Syrian Arab Republic
    SZ SWZ Eswatini|Esuatini|Essuatíni|史瓦帝尼|斯威士兰|Swaziland|Suazilandia
    TA TAA Tristan da Cunha|Tristán de Acuña|Tristão da Cunha|特里斯坦達庫尼亞群島|特里斯坦-达库尼亚群岛
    TC TCA Turks & Caicos Islands|Islas Turcas y Caicos|Ilhas Turcas e Caicos|土克斯及開科斯群島|特克斯和凯科斯群岛
    TD TCD Chad|Chad|Chade|查德|乍得
    TG TGO Togo|Togo|多哥
    TH THA Thailand|Tailandia|泰國|泰国
    TJ TJK Tajikistan|Tayikistán|Tadjiquistão|塔吉克|塔吉克斯坦
    TK TKL Tokelau|Tokelau|托克勞群島|托克劳
    TL TLS Timor-Leste|Timor-Leste|東帝汶|东帝汶
    TM TKM Turkmenistan|Turkmenistán|Turcomenistão|土庫曼|土库曼斯坦
    TN TUN Tunisia|Túnez|突尼西亞|突尼斯
    TO TON Tonga|Tonga|東加|汤加
    TR TUR Türkiye|Turquía|土耳其|Turkey
    TT TTO Trinidad & Tobago|Trinidad y Tobago|Trinidad e Tobago|千里達及托巴哥|特立尼达和多巴哥
    TV TUV Tuvalu|Tuvalu|吐瓦魯|图瓦卢
    TW TWN Taiwan|Taiwán|台灣|台湾|Taiwan, Republic of China|ROC|臺灣
    TZ TZA Tanzania|Tanzania|坦尚尼亞|坦桑尼亚|United Republic of Tanzania
    UA UKR Ukraine|Ucrania|烏克蘭|乌克兰
    UG UGA Uganda|Uganda|烏干達|乌干达
    US USA United States|Estados Unidos|美國|\
    美国|USA|United States of America|EEUU|EUA|Estados Unidos de América|Estados Unidos da América
    UY URY Uruguay|Uruguay|Uruguai|烏拉圭|乌拉圭
    UZ UZB Uzbekistan|Uzbekistán|Uzbequistão|烏茲別克|乌兹别克斯坦
    VA VAT Vatican City|Ciudad del Vaticano|Cidade do Vaticano|梵蒂岡|梵蒂冈|Vatican|Vaticano
    VC VCT St. Vincent & Grenadines|San Vicente y las Granadinas|São Vicente e Granadinas|聖文森及格瑞那丁|圣文森特和格林纳丁斯
    VE VEN Venezuela|Venezuela|委內瑞拉|委内瑞拉|Venezuela, República Bolivariana de|República Bolivariana de Venezuela
    VG VGB British Virgin Islands|Islas Vírgenes Británicas|Ilhas Virgens Britânicas|英屬維京群島|英属维尔京群岛
    VI VIR U.S. Virgin Islands|Islas Vírgenes de EE. UU.|Ilhas Virgens Americanas|美屬維京群島|美属维尔京群岛
    VN VNM Vietnam|Vietnam|Vietnã|越南
    VU VUT Vanuatu|Vanuatu|萬那杜|瓦努阿图
    WF WLF Wallis & Futuna|Wallis y Futuna|Wallis e Futuna|瓦利斯群島和富圖那群島|瓦利斯和富图纳
    WS WSM Samoa|Samoa|薩摩亞|萨摩亚
    XK XKX Kosovo|Kosovo|科索沃
    YE YEM Yemen|Yemen|Iêmen|葉門|也门
    YT MYT Mayotte|Mayotte|馬約特島|马约特
    ZA ZAF South Africa|Sudáfrica|África do Sul|南非
    ZM ZMB Zambia|Zambia|尚比亞|赞比亚
    ZW ZWE Zimbabwe|Zimbabue|辛巴威|津巴布韦
    """
