"""Function words of languages: what stands in nearly every text, so that a question need not be matched in them.

The lists are short and our own: articles, pronouns, prepositions, conjunctions, auxiliaries and question words. What
also names something in the news (`us`, `may`, `mine`) is left out, since leaving such a word in costs little and taking
it away can lose what was meant; docs/decisions/0027-matching.md says why no published list would do.

`content_words` is called for each query; which language that is in is guessed by the archive's languages and the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log

from indexer.analysis import fold, tokens

# By the primary subtag of a BCP 47 tag. Norwegian is "no" whichever way it is written.
_WRITTEN: dict[str, str] = {
    "en": """
        a about above after again against all also am an and any are arent as at be because been before being below
        between both but by can cant could couldnt did didnt do does doesnt doing dont during each either few for
        from had has hasnt have havent having he her hers herself him himself his how however i if im in into is
        isnt it its itself ive just me more most my myself neither no nor not of off on once only onto or other our
        ours out over say says she should shouldnt since so some such than that the their theirs them themselves
        then there these they theyre this those though through to too under until up upon very was wasnt we were
        werent what when where whether which while who whom whose why will with within without wont would wouldnt
        you your yours
    """,
    "de": """
        aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bin
        bis bist da dadurch damit dann das dass daß dein deine dem den denn der des dessen deren dich die dies diese
        diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer
        für gegen gewesen hab habe haben hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in
        ins ist ja jede jedem jeden jeder jedes jene jener jenes kann kein keine keinem keinen keiner können könnte
        man mehr mein meine mich mir mit muss müssen nach nicht nichts noch nun nur ob oder ohne sehr sein seine
        seinem seinen seiner seit selbst sich sie sind so solche soll sollen sollte sondern sonst über um und uns
        unser unsere unter vom von vor wann war waren warum was weil welche welchen welcher welches wenn wer werde
        werden wegen wie wieder will wir wird wo worden wurde wurden würde würden zu zum zur zwar zwischen
    """,
    "fr": """
        a à afin ai ainsi alors après as au aucun aucune aussi autre autres aux avait avant avec avez avoir avons c
        ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment contre d dans de depuis des dès
        donc dont du elle elles en encore entre es est et étaient était étant été être eu eux fait il ils j je
        jusque l la là le les leur leurs lors lorsque lui m ma mais me même mes moi mon n ne ni nos notre nous on
        ont ou où par parce parmi pas pendant peu peut plus pour pourquoi puis qu quand que quel quelle quelles
        quels qui quoi s sa sans se selon sera ses si son sont sous sur t ta te tes toi ton tous tout toute toutes
        très tu un une vers via vos votre vous y
    """,
    "es": """
        a al algo algunas algunos ante antes aquel aquella aquello así aún aunque cada como cómo con contra cual
        cuál cuales cuando cuándo cuanto de del desde donde dónde durante e el él ella ellas ellos en entre era eran
        es esa esas ese eso esos esta está estaba están estar estas este esto estos fue fueron ha había han hasta
        hay he la las le les lo los más me mi mis mucho muy nada ni no nos nosotros nuestra nuestro o os otra otras
        otro otros para pero poco por porque pues que qué quien quién quienes se sea ser será si sí sido sin sino
        sobre son su sus también tan tanto te tiene tienen todo todos tras tu tus un una unas uno unos usted y ya yo
    """,
    "it": """
        a ad agli ai al alla alle allo anche ancora avere aveva c che chi ci cioè col come con contro cosa così cui
        da dagli dai dal dalla dalle dallo degli dei del dell della delle dello dentro di dopo dove due e è ed era
        erano essere fra già gli ha hai hanno ho i il in io l la là le lei li lo loro lui ma me mentre mi mia mio
        molto ne negli nei nel nell nella nelle nello no noi non nostra nostro o od ogni ora per perché però più poi
        può qual quale quali quando quanto quella quelle quelli quello questa queste questi questo qui se sei senza
        si sia siamo siano sono sopra sotto sta stata state stati stato su sua sugli sui sul sulla sulle sullo suo
        suoi te ti tra tu tua tuo tutti tutto un una uno vi voi
    """,
    "pt": """
        a à ao aos aquela aquele aquilo as às até cada com como contra da das de dela dele deles depois desde do dos
        e é ela elas ele eles em entre era eram essa essas esse esses esta está estão estas estava este estes eu foi
        foram há isso isto já lhe lhes lo mais mas me mesmo meu minha muito na não nas nem no nos nós nossa nosso
        num numa o onde os ou para pela pelas pelo pelos por porque porquê pois quais qual quando quanto que quem
        são se seja sem ser será seu seus si sido sob sobre sua suas também tão te tem têm ter teve tinha todos tu
        tudo um uma umas uns você
    """,
    "ca": """
        a al als amb aquell aquella aquest aquesta aquests això així com contra d de del dels des després doncs
        durant e el ell ella elles ells els en entre era eren és es està estan estava fins ha han havia hi ho i l la
        les li lo més meva meu molt no nosaltres nostra nostre o on per perquè però pel pels qual quan que què qui s
        sense ser serà seva seu si sobre són sota també tan tot tots un una unes uns va van
    """,
    "nl": """
        aan al alle als andere ben bij daar dan dat de deze die dit door dus een en er geen haar had hadden hebben
        heeft hem het hier hij hoe hun ik in is ja je jij jouw kan kon kunnen maar me meer men met mij mijn moet na
        naar niet niets nog nu of om omdat onder ons onze ook op over reeds sinds te tegen toch toen tot tussen u
        uit uw van veel voor waar waarom want waren was wat we welke wel werd werden wie wij wordt worden ze zei
        zelf zich zij zijn zo zonder zou
    """,
    "ru": """
        а без более бы был была были было быть в вам вас весь во вот все всего всех всё вы где да даже для до его ее
        её ей ему если есть еще ещё же за здесь и из или им их к как какая какие какой ко когда которая которого
        которой которые который которых кто ли либо лишь между меня мне может можно мой мы на над надо нам нас не
        него нее неё нет ни них но ну о об однако он она они оно от очень по под после потому почему при про с сам
        свое своей своих свой себе себя со так также такой там те тем то того тоже той только том тот тут ты у уже
        чего чем через что чтобы чья эта эти этих это этого этой этом этот я
    """,
    "uk": """
        а або адже але без би був була були було бути в вам вас весь ви від він вона вони воно все всі всіх всього
        ві де для до же з за зі і із й його їй їх її коли котрий крім ледь лише між мене мені ми мій може на над нам
        нас не нею неї ні ним них о один об однак ось після під по при про саме свої своїх свого себе та так також
        такий там те ти тим тільки то того тому у уже хто це цей ця ці цього цій чи чим чого чому що щоб як яка який
        якого які якої я якщо
    """,
    "bg": """
        а ако ала без беше би бил била били било в вас ваш ви все всеки всички вие във въпреки г го да до докато е
        едва един една едно за защо зад заради и или им има ли как какво като когато кога което които кой която къде
        между ме ми много мога може на над най нас не него нея ни ние някой няма но обаче около от по под пред при
        през с са само се сега си след със сме според съм също така там те тези ти то това този тогава той тук тя у
        че чрез ще
    """,
    "sr": """
        a ako ali bez bi bila bile bili bilo bio biti da dok do du gde gdje ga i ih ili im iz ja je jer joj još ju
        kad kada kako kao ko koja koje koji kojih kojim koju li me mi može na nad nakon nam nas ne nego nema neće ni
        nije niti no njega njen njih o od oko on ona oni ono ova ovaj ove ovo po pod pre prema preko pri prije sa
        sam samo se si su svoj svoje šta što ta tada taj te tek ti to tu u uz ve već vi za zašto zbog će а ако али
        без би била биле били било био бити да док до где га и их или им из ја је јер још кад када како као ко која
        које који којих којим коју ли ме ми може на над након нам нас не него нема неће ни није нити но његов њен
        њих о од око он она они оно ова овај ове ово по под пре према преко при са сам само се си су свој своје шта
        што та тада тај те ти то у уз већ ви за зашто због ће
    """,
    "pl": """
        a aby albo ale ani aż bardzo bez bo być był była było były będzie będą by co czy czyli dla do gdy gdyby
        gdzie go i ich ile im inne iż ja jak jaka jakie jako jaki je jeden jednak jego jej jemu jest jeszcze jeśli
        już każdy kiedy kto która które którego której który których którzy lub ma mają mi między może można mój my
        na nad nam nas nasz nią nich nie niego niej nim niż no o od on ona one oni oraz po pod ponieważ poza przed
        przez przy sam się są swoje sobie tak taka taki takie także tam te tego tej ten też to tu tych tylko tym u w
        wam was we więc wszystko z za ze że
    """,
    "cs": """
        a aby ale ani až bez bude budou by byl byla byli bylo být co což či do ho i já jak jaká jaké jaký jako je
        jeho její jejich jemu jen ještě ji jich jim jiné již jsem jsme jsou k kam každý kde kdo kdy když ke která
        které kterého který kteří ku ma mají má mě mezi mi mít může my na nad nám nás náš ne nebo něco není nich ním
        o od on ona oni ono pak po pod podle pokud pouze pro proč proto protože před přes při s se si sice své svůj
        ta tak také takže tam te tedy ten tento této tím to tohle toho tom tomu tu ty u už v ve více však z za zda
        ze že
    """,
    "sk": """
        a aby aj ak ako aký ale alebo ani až bez bol bola boli bolo bude budú by byť čo či do ho hoci i ich im ja je
        jeho jej jemu k kam každý kde kedy keď kto ktorá ktoré ktorého ktorí ktorý ku má majú medzi mi mňa môže my
        na nad nám nás náš nie než niečo o od on ona oni po pod podľa pre pred prečo preto pretože pri s sa si so
        som sme sú svoje svoj ta tak takže tam ten tento tieto to toho tom tomu toto tu tú ty u už v vo však viac z
        za zo že
    """,
    "hu": """
        a abban ahhoz ahogy ahol aki akik akkor alatt amely amelyek amelyet ami amikor amit annak arra arról az azok
        azon azonban azt azért be belül benne bár csak de e ebben egy egyes egyik együtt ehhez ekkor el ellen előtt
        én ennek és ez ezek ezen ezért ezt ezzel fel hanem hiszen hogy hogyan ha három itt is ki kell között közül
        le lehet lesz lett már mi mikor milyen mint mit miért meg mely mert még most nagyon ne nem nincs ő ők őket
        olyan ott össze pedig rá s saját sem sok szerint talán te több után utolsó úgy vagy vagyok valaki valami van
        vannak vele volna volt voltak
    """,
    "ro": """
        a acea aceasta această aceea acest acesta aceste acești ai aici al ale am ar are asta astfel asupra atunci
        au avea avem ca când care ce cea cei cel cele chiar ci cine cînd cu cum că către da dacă dar de deci decât
        despre din dintre doar după e ea ei el ele era erau este eu fi fie fiind fost i îi il îl îmi în între își la
        le li lor lui mai mea mei meu mult ne nici noi nostru nu o ori orice pe pentru peste prin sa să sale sau se
        si și sub sunt sînt tot toate toți un una unde unei unor unui va vor voi
    """,
    "sv": """
        alla allt än är att av både blev bli blir bara då dä de dem den denna deras dess det detta dig din du där
        efter ej eller en er ett från för ha hade han hans har hennes henne här hon honom hur i icke in inom inte
        jag kan kunde man med mellan men mer mig min mot mycket ni någon något några när nu och också om oss på
        sedan sig sin sina själv ska skall skulle som så sådan till under upp ut utan vad var vara varför varit vem
        vi vid vilka vilken vilket vår vårt över
    """,
    "da": """
        af alle alt anden at både blev blive bliver da de dem den denne der deres det dette dig din disse dog du
        efter eller en end er et for fra før ham han hans har have havde hende hendes her hos hun hvad hvem hver
        hvilken hvis hvor hvordan hvorfor hvornår i ikke ind jeg jer kan kom kun kunne man mange med meget mellem
        men mere mig min mod når nogle noget nogen nu ny og også om op os over på sammen selv sig sin sine skal
        skulle som sådan så til ud uden under var ved vi vil ville vor være været
    """,
    "no": """
        alle alt andre at av bare begge ble blei bli blir både da de deg dei dem den denne der deres det dette din
        disse du eg ein eit en enn er et etter for fordi fra frå få før ha hadde han hans har hennes her hos hun hva
        hvem hvert hvilken hvis hvor hvordan hvorfor i ikkje ikke inn ja jeg kan korleis kun kunne kva kvifor man
        mange me med meg mellom men mer mest min mot mye nå når noe noen nokon og også om opp oss over på så samme
        seg selv si sin sine skal skulle slik som til ut uten under var være vært ved vi vil ville vår
    """,
    "fi": """
        ei eikä eivät että he heidän hän hänen hänet ilman itse ja jo joiden joista joita joka jolla jonka jos jossa
        josta jota jotka kanssa keitä ketä koska kuin kuinka kuka kun kuten lisäksi me meidän mihin mikä mikään
        miksi millainen milloin minä minun missä mistä mitä mukaan mutta myös ne niiden niin niitä noin nyt näiden
        näitä nämä ole oli olisi olivat olla on ovat saa se sekä sen siinä siitä sille sinä sitä sitten tai tämä
        tämän tässä tästä tätä te tuo vaan vai vaikka vain voi yli
    """,
    "el": """
        α αλλά αν αντί από άρα αυτά αυτές αυτή αυτό αυτοί αυτός αυτού αυτούς αυτών για γιατί δε δεν εάν είμαι είναι
        εκείνο εκεί ένα έναν ένας ενώ επί επίσης εσύ έχει έχουν ή ήδη ήταν η θα κ καθώς και κατά κάθε κι κοντά μα με
        μέσα μετά μέχρι μη μην μια μία μόνο μου να ο οι όμως όπου όπως όσο όταν ότι ούτε παρά περί πια πιο ποια
        ποιος ποιοι πολύ που πού πρέπει προς πριν πώς σαν σας σε στα στη στην στις στο στον στους στων συν τα τη την
        της τι τις το τον του τους των τώρα υπέρ υπό χωρίς ως ώστε
    """,
    "tr": """
        acaba ama ancak arasında artık aslında ait bana bazı belki ben beni benim beri bile bir biri birkaç biz bize
        bizi bizim böyle bu buna bunda bundan bunlar bunu bunun çok çünkü da daha de değil diye dolayı eğer en gibi
        göre hala hangi hem henüz hep hepsi her hiç için ile ilgili ise işte itibaren kadar karşı kendi ki kim kimi
        mı mi mu mü nasıl ne neden nerede niçin niye o olan olarak oldu olduğu olduğunu olması olsa on ona ondan
        onlar onu onun öyle pek rağmen sana sanki sen seni siz size sonra şey şöyle şu tarafından tüm üzere var ve
        veya ya yani yok zaten
    """,
    "id": """
        ada adalah agar akan anda antara apa apakah atas atau bagaimana bagi bahwa banyak beberapa begitu belum bila
        bisa bukan dalam dan dapat dari daripada dengan di dia hanya harus hingga ia ialah ini itu jadi jika juga
        kalau kami kamu kapan karena ke kepada kita lagi lah lain lebih maka masih mana mengapa mereka namun oleh
        pada para paling per pun saat saja saling sambil sampai sangat saya sebagai sebelum sebuah secara sedang
        sehingga sejak selain selama semua seorang seperti serta setelah setiap siapa sudah supaya tanpa telah
        tentang terhadap tersebut tetapi tidak untuk yaitu yakni yang
    """,
    "ar": """
        أم أما أمام أن أنا أنت أنه أنها أو أي أين أيضا إذ إذا إلا إلى إن إنه إنها التي الذي الذين اللذان اللواتي بأن
        بعد بعض بل بما بن به بها بين تحت تلك ثم حتى حول حيث حين خلال دون ذلك سوف ضد ضمن عبر عدم على عليه عليها عن
        عند عندما عنه غير ف فإن فقط فوق في فيما فيه فيها قبل قد ك كان كانت كل كلا كما كم كيف ل لأن لدى لذلك لقد لكن
        لم لماذا لن له لها لهم لو ليس ليست ما ماذا متى مع مثل مما من منذ منه منها نحن نحو هذا هذان هذه هل هم هن هنا
        هناك هو هؤلاء هي و وأن وإن وقد ولا ولم وما ومن وهو وهي لا يا
    """,
    "fa": """
        آن آنان آنجا آنچه آنها آیا از است اگر اما این اینکه با باید بر برای بعد بود بودن بوده بودند به بی بین پس پیش
        تا تحت تر ترین تو جز چرا چگونه چند چنین چه چون چیست حتی خود خواهد خواهند در دیگر را روی زیر سپس شان شد شدن
        شده شود شوند ضمن علیه کدام کرد کردن کرده کند کنند که کی کجا کیست ما مثل مگر من می میان نه نیز نیست هم همه
        همچنین همین هیچ ها های هایی هر هست هستند و ولی وی یا یک
    """,
    "ur": """
        اپنا اپنی اپنے اس اسی اسے اگر ان انہوں انہیں اور ایک ایسے بعد بلکہ بھی بہت پر تا تک تو تھا تھی تھے تھیں جب
        جس جن جو جہاں خود دو دیا رہا رہی رہے ساتھ سب سے صرف طرح کا کب کر کرتا کرتے کرنا کرنے کس کسی کو کون کوئی کہ
        کہا کہاں کی کیا کیوں کیسے کے گا گی گے گئی گئے گیا لیکن لیے مگر میں نہ نہیں نے وہ وہاں ہم ہو ہوا ہوئی ہوئے
        ہونے ہوں ہی ہے ہیں یا یہ یہاں
    """,
    "he": """
        אבל או אולי אותה אותו אותם אז אחר אחרי אי איך אין איפה איתו אך אל אלא אלה אם אנחנו אני אף אשר את אתה אתם
        בגלל בה בו בין בלי במקום בעד בעוד בעל גם דרך ה הוא היא היה היו הם הן הנה הרי זאת זה זו זמן יהיה יותר יכול יש
        כאן כאשר כבר כדי כי כך כל כמה כמו כן לא לאחר להיות לה להם לו לי לך לכן למה לפי לפני מאוד מאז מדוע מה מי מן
        מעל מפני מתי נגד עד עוד על עם פי רק של שלה שלהם שלו שלי תחת
    """,
    "hi": """
        अपना अपनी अपने अब अभी आदि इन इस इसका इसकी इसके इसमें इसी इसे उन उनका उनकी उनके उन्हें उन्होंने उस उसका उसकी
        उसके उसने उसे एक एवं ऐसे और कई कब कर करता करते करना करने कहते कहा कहाँ का काफी कि किया किस किसी की कुछ के को
        कोई कौन क्या क्यों कैसे गई गए गया जब जहाँ जा जाता जाती जाते जिस जिन जो तक तब तो था थी थे दिया द्वारा न नहीं
        ने पर फिर बहुत बाद बीच भी में मैं यदि यह यहाँ या ये रहा रही रहे लिए लेकिन व वह वे सकता सकते सभी साथ से हम ही
        हुआ हुई हुए है हैं हो होता होती होते होना होने
    """,
}
_SAME = {"nb": "no", "nn": "no", "ms": "id", "hr": "sr", "bs": "sr", "sh": "sr", "iw": "he", "in": "id"}
LANGUAGES = tuple(_WRITTEN)

# Function words of one language that are words of weight or parts of names in another. They do not show that a query
# is in another language than most of the archive: "die hard", "car insurance", "bin laden", "los angeles".
_NAMESAKES = frozenset(
    """al ale ben bez bin bist by care car come con da dai dan dans das de del dem den di die dig din do door dos
    dove du due egy el en era es et fin for fra ha han hat have hay hen her hun il in ja la las le lo los man
    mange meg men met mi mod mot my na nad nam ni no on or over pan para pas per plus pod pour pro sa sam sans
    se sen si sin so son sono sou sub sur ta te ten tot tout un van var ve via volt want war was will""".split()
)
_ENOUGH_NAMESAKES = 3  # in one query: "le président de la république"
# How much one function word of a language says for it, against how many articles the archive has in it (natural log).
# Such a word is some hundred times as likely in its own language; of the words of questions we trust a part of that.
_ONE_WORD = 4.0


def content_words(words: Sequence[str], languages: Mapping[str, int]) -> list[bool]:
    """Which words of a query say what it is about; all of them where none does.

    Args:
        words: the words as typed. One in capitals is a name (`WHO`), unless all are.
        languages: how many articles the archive has in each language, by its tag.
    """
    stop = stop_words(guess_language(words, languages))
    shouted = all(word.upper() == word for word in words)
    content = [not _is_among(word, stop) or (_is_name(word) and not shouted) for word in words]
    return content if any(content) else [True] * len(words)


def guess_language(words: Iterable[str], languages: Mapping[str, int]) -> str | None:
    """The language of a query: that of its function words, of several the one with more articles; None if it has none.

    An archive that states no languages may be in any.
    """
    held: dict[str, int] = {}
    for tag, count in languages.items():
        code = primary(tag)
        held[code] = held.get(code, 0) + count
    main = max(held, key=lambda code: (held[code], code), default="en")
    total = sum(held.values())
    typed = set(words)
    best: tuple[float, str] | None = None
    for code in LANGUAGES:
        if held and not held.get(code):
            continue
        stop = stop_words(code)
        seen = {word for word in typed if _is_among(word, stop)}
        if not seen or (code != main and not _is_shown(seen)):
            continue
        score = len(seen) * _ONE_WORD + (log(held[code] / total) if held else 0.0)
        if best is None or score > best[0]:
            best = score, code
    return best[1] if best and (not held or best[0] > 0) else None


@cache
def stop_words(code: str | None) -> frozenset[str]:
    """The folded function words of a language; none where it is not known or has no list."""
    return frozenset(fold(word) for word in _WRITTEN.get(code or "", "").split())


def primary(tag: str) -> str:
    """The language of a tag as the lists name it: `en` of `en-GB`, `no` of `nb`."""
    code = tag.partition("-")[0].lower()
    return _SAME.get(code, code)


def _is_shown(seen: set[str]) -> bool:
    """Whether function words of a language show that a query is in it, though most of the archive is not."""
    folded = {fold(word) for word in seen}
    return len(folded) >= _ENOUGH_NAMESAKES or any(len(word) > 1 and word not in _NAMESAKES for word in folded)


def _is_among(word: str, stop: frozenset[str]) -> bool:
    """Whether a word as typed is one of them; `U.S.` is not `us`, but `d'une` is `une` and `don't` is `dont`."""
    folded = fold(word)
    if "'" not in folded:
        return folded in stop
    return all(token in stop for token in tokens(folded))


def _is_name(word: str) -> bool:
    return len(word) > 1 and word.upper() == word and word.lower() != word
