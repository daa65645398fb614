"""Words around names that are not part of them: titles, nationalities, directions.

Facts as tables, used by normalising, by the feature lists and by training.
"""

TITLES = frozenset(
    """
    mr mrs ms miss mx dr sir madam madame dame lord lady president vice-president minister premier pope queen king
    prince princess senator sen sens rep reps representative congressman congresswoman gov governor gen general col
    colonel captain capt lt maj major sgt sergeant cpl corporal pvt admiral commander brigadier marshal judge justice
    professor prof secretary chancellor sheikh sheikha shaikh emperor empress rev reverend saint chairman chairwoman
    chairperson mayor ambassador mullah imam ayatollah hon honorable honourable archbishop bishop cardinal father
    sister brother deputy spokesman spokeswoman spokesperson director ceo chief attorney commissioner councillor
    councilman coach sultan emir crown baroness baron duke duchess count countess speaker envoy lawyer detective
    inspector officer superintendent executive constable lieutenant private ex former presidents ministers
    senators messrs
    """.split()
)
# Titles of several words and the small words inside them, cut from the front of a person's name.
TITLE_WORDS = TITLES | frozenset(
    """
    of the prime foreign vice deputy defence defense interior finance state us u.s. un u.n. uk eu and first lady general
    secretary-general majority minority leader acting interim then
    """.split()
)
# Kings and popes keep a name of one word: "Pope Francis" is Francis to us, "Queen Elizabeth" Elizabeth.
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "north-east north-west south-east south-west northeastern northwestern southeastern southwestern upper lower mid "
    "downtown greater".split()
)
# A direction that is part of the name and must stay.
DIRECTION_NAMES = frozenset(
    """
    north korea|south korea|north macedonia|south sudan|south africa|east timor|east jerusalem|west bank|west virginia
    north carolina|south carolina|north dakota|south dakota|western sahara|northern ireland|north america|south america
    central america|central asia|middle east|north africa|west africa|east africa|southern africa|south asia
    southeast asia|east asia|west germany|east germany|western australia|south australia|northern territory|west ham
    south pacific|north atlantic|south atlantic|north sea|south china sea|east china sea|south ossetia|east london
    central african republic|northern cyprus|north yorkshire|south yorkshire|west yorkshire|west midlands|east sussex
    west sussex|east anglia|south wales|north wales|new south wales|south bend|west point|west palm beach|west end
    east end|south bronx|north vietnam|south vietnam|north yemen|south yemen|lower manhattan|lower saxony|north pole
    south pole|upper austria|lower austria|north rhine-westphalia|south tyrol|south kivu|north kivu|north waziristan
    south waziristan|western europe|eastern europe|northern europe|southern europe|central europe|western cape
    eastern cape|northern cape|south holland|north holland|east java|west java|central java|north sumatra|south sumatra
    north darfur|south darfur|west darfur|north caucasus|south caucasus|western wall|central park|greater manchester
    greater london|upper house|lower house|east river|west papua|north ossetia|east hampton|west hollywood
    """.replace("\n", "|").split("|")
) - {""}
DIRECTION_NAMES = frozenset(name.strip() for name in DIRECTION_NAMES if name.strip())

# Adjectives of countries and peoples: "Russian" says something of a person, it is no place by itself.
_ADJECTIVES = """
    afghan african albanian algerian american angolan arab arabian argentine argentinian armenian asian australian
    austrian azerbaijani azeri bahraini bangladeshi belarusian belarussian belgian beninese bolivian bosnian botswanan
    brazilian british bulgarian burkinabe burmese burundian cambodian cameroonian canadian chadian chechen chilean
    chinese colombian congolese croatian cuban cypriot czech danish dominican dutch ecuadorian ecuadorean egyptian
    emirati english eritrean estonian ethiopian european fijian filipino finnish french gabonese gambian georgian german
    ghanaian greek guatemalan guinean guyanese haitian honduran hungarian icelandic indian indonesian iranian iraqi
    irish israeli italian ivorian jamaican japanese jordanian kazakh kenyan korean kosovar kurdish kuwaiti kyrgyz
    laotian latvian lebanese liberian libyan lithuanian luxembourgish macedonian malagasy malawian malaysian maldivian
    malian maltese mauritanian mexican moldovan moldavian mongolian montenegrin moroccan mozambican namibian nepalese
    nepali nicaraguan nigerian nigerien norwegian omani pakistani palestinian panamanian paraguayan persian peruvian
    polish portuguese qatari romanian russian rwandan samoan saudi scottish senegalese serbian serb singaporean slovak
    slovakian slovene slovenian somali spanish sudanese swedish swiss syrian taiwanese tajik tanzanian thai tibetan
    togolese tunisian turkish turkmen ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni yemenite
    zambian zimbabwean soviet yugoslav prussian ottoman byzantine roman latin hispanic jewish muslim christian catholic
    islamic islamist protestant orthodox anglican buddhist hindu sikh sunni shiite shia nazi maori inuit indigenous
    aboriginal slavic germanic scandinavian nordic baltic balkan celtic basque catalan sicilian bavarian flemish
    tasmanian californian texan hawaiian alaskan uighur uyghur rohingya tamil pashtun berber tutsi hutu zulu
    """.split()
_PEOPLES = """
    africans arabs asians europeans britons brits englishmen frenchmen irishmen scots spaniards swedes danes
    finns poles turks serbs croats kurds slavs jews muslims christians catholics hindus sikhs buddhists sunnis
    shiites nazis texans californians floridians coloradans virginians georgians ohioans iowans minnesotans
    nebraskans nevadans oregonians pennsylvanians tennesseans washingtonians alabamians arizonans arkansans
    kansans kentuckians louisianans marylanders michiganders missourians montanans oklahomans vermonters
    wyomingites idahoans utahns hoosiers londoners parisians muscovites berliners islamists azeris swede dane
    finn pole turk croat kurd briton spaniard scot frenchman englishman irishman dutchman
    """.split()
_PHRASES = """
    south korean|north korean|south koreans|north koreans|south african|south africans|new zealander|saudi arabian
    sri lankan|sri lankans|costa rican|puerto rican|puerto ricans|papua new guinean|african american|african americans
    new yorkers|north dakotans|south dakotans|north carolinians|south carolinians|west virginians|new mexicans
    african-american|native american|native americans|latin american
    """.replace("\n", "|").split("|")
NATIONALITIES = frozenset(
    {
        *_ADJECTIVES,
        *(word + "s" for word in _ADJECTIVES if not word.endswith(("ese", "ish", "ch", "s"))),
        *_PEOPLES,
        *(phrase.strip() for phrase in _PHRASES if phrase.strip()),
    }
)
