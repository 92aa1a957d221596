"""The words that any text of a language has, and that tell it from others."""

# ruff: noqa: RUF001  # words of other alphabets are what this is

from __future__ import annotations

__all__ = ["COMMON", "ENDINGS"]

COMMON = {
    "en": (
        "the of and to in is that it for was on are with as be this have from or by not but they "
        "you at which an we his her she he were been their has had will would there what when who "
        "more if no out so can about into than them these some could other only its then do did "
        "does my your our your's how all also any because should where while such between after "
        "before through over please may might must just most very here each those being using "
        "used per via etc vs i'm don't it's you're can't won't isn't doesn't didn't let's i'll "
        "i've"
    ),
    "de": (
        "der die das und ist nicht ein eine einen einem einer eines zu den dem des mit auf für "
        "von im sich auch es an als wie aus bei nach wird werden wurde wurden sind war waren hat "
        "haben hatte kann können konnte muss müssen soll sollte oder aber wenn dass daß weil noch "
        "nur schon sehr mehr über unter vor zwischen durch gegen ohne um bis ich du er sie wir "
        "ihr ihre ihren mein meine dein sein seine ihm ihn mich mir dir uns euch diese dieser "
        "dieses diesem diesen jede jeder alle alles man vom zum zur beim hier dort dann da so "
        "doch bitte kein keine keinen etwas nichts viele immer wieder zwei sowie bereits bevor "
        "damit worden wer warum wo was gibt geben jedoch möglich nun denn"
    ),
    "fr": (
        "le la les de des du un une et est en que qui dans pour pas sur par au aux ce cette ces "
        "il elle ils elles nous vous je tu on ne se sa son ses leur leurs notre nos votre vos mon "
        "ma mes avec sans plus moins très mais ou où donc car comme si être avoir sont était "
        "étaient été a ont avait peut peuvent fait faire tout tous toute toutes aussi même encore "
        "entre après avant depuis pendant sous chez vers c'est n'est qu'il qu'elle d'un d'une n'a "
        "s'il l'on j'ai y dont lors ainsi deux bien cela ça quand lorsque afin alors jamais "
        "toujours rien quel quelle veuillez chaque autre autres déjà doit"
    ),
    "es": (
        "el la los las de del y que en un una unos unas es son por para con no se su sus al lo le "
        "les como más pero o si ya este esta estos estas ese esa eso esto fue era ser ha han "
        "había hay está están tiene tienen puede pueden puedo hacer muy también sin sobre entre "
        "cuando donde todo todos toda todas porque qué cómo quién desde hasta hacia nos me te mi "
        "tu yo él ella ellos ellas nosotros usted ustedes sí nada algo otro otra otros otras cada "
        "durante después antes aunque mismo así solo sólo bien dos siempre nunca mejor debe según "
        "cual cuál ahora aquí tras y/o ni e"
    ),
    "it": (
        "il lo la i gli le di del della dei delle dello degli a al alla ai alle da dal dalla dai "
        "in nel nella nei nelle un uno una e è che non si per con su sul sulla come più ma o se "
        "anche sono era erano stato stata stati essere ha hanno aveva avere può possono deve fare "
        "questo questa questi queste quello quella quelli ci mi ti vi ne io tu lui lei noi voi "
        "loro suo sua suoi sue mio mia nostro vostro tutto tutti tutte molto poi già ancora dove "
        "quando perché chi cosa quale ogni altro altri altre senza tra fra dopo prima sempre mai "
        "solo così due c'è dell un'altra po' cui verrà viene quindi però oppure ed ad"
    ),
    "pt": (
        "o a os as de do da dos das e que em no na nos nas um uma uns umas é são foi era ser por "
        "para com não se seu sua seus suas ao aos à às como mais mas ou já este esta isto esse "
        "essa isso está estão tem têm pode podem fazer muito também sem sobre entre quando onde "
        "todo todos toda todas porque quem qual desde até pelo pela pelos pelas eu tu ele ela "
        "eles elas nós você vocês me te lhe lhes meu minha nosso nossa nada algo outro outra "
        "outros outras cada durante depois antes embora mesmo assim só bem dois sempre nunca deve "
        "num numa ainda será ter há foram então agora aqui lo-á"
    ),
    "nl": (
        "de het een en van is dat in op te zijn met voor niet aan er om ook als maar dan bij uit "
        "door over naar tot nog wel heeft hebben had was waren wordt worden werd kan kunnen kon "
        "moet moeten zal zullen zou zouden ik je jij u hij zij ze we wij jullie hun hen mijn jouw "
        "uw haar ons onze die deze dit wat wie waar wanneer hoe waarom of want omdat geen meer "
        "veel al alle alles iets niets heel zeer hier daar toen nu zo tussen onder tegen zonder "
        "na vanaf elk elke andere zelf altijd nooit twee ben bent gaat maken mag welke dus toch "
        "eens graag kunt"
    ),
    "pl": (
        "i w z na nie się do jest że to o jak za od po przez dla przy ze ten ta te tego tej tym "
        "tych są był była było były być będzie będą może mogą można jako ale lub albo oraz czy co "
        "kto gdzie kiedy który która które których którym tylko już jeszcze bardzo tak też także "
        "ja ty on ona ono my wy oni go mu jej ich im mnie mi cię ci nas nam was wam swój swoje "
        "jego mój moja nasz wszystkie wszystko każdy bez pod nad między przed więc jeśli jeżeli "
        "gdy ponieważ aby żeby nic coś inne innych dwa zawsze nigdy we proszę należy ma mają"
    ),
    "sv": (
        "och i att det som en ett på är av för med den till inte om han hon de var har hade kan "
        "ska skulle men så vi jag du ni sig från eller när nu bara vid också mycket efter under "
        "utan mellan över mot alla allt detta denna dessa där här vad vem hur varför blir blev "
        "vara finns måste min mitt din sin sitt sina deras vår vårt mig dig oss mer än någon "
        "något några ingen inget två mycket sedan redan aldrig alltid eftersom innan bli varit"
    ),
    "da": (
        "og i at det som en et på er af for med den til ikke om han hun de var har havde kan skal "
        "skulle men så vi jeg du sig fra eller når nu kun ved også meget efter under uden mellem "
        "over mod alle alt dette denne disse der her hvad hvem hvordan hvorfor bliver blev være "
        "findes må min mit din sin sit sine deres vores mig dig os mere end nogen noget nogle "
        "ingen intet to siden allerede aldrig altid fordi før blive været ville hvis selv man"
    ),
    "no": (
        "og i at det som en et på er av for med den til ikke om han hun de var har hadde kan skal "
        "skulle men så vi jeg du seg fra eller når nå bare ved også veldig etter under uten "
        "mellom over mot alle alt dette denne disse der her hva hvem hvordan hvorfor blir ble "
        "være finnes må min mitt din sin sitt sine deres vår vårt meg deg oss mer enn noen noe "
        "ingen to siden allerede aldri alltid fordi før bli vært ville hvis selv man ikkje eg dei"
    ),
    "fi": (
        "ja on ei se että hän oli ovat myös kun mutta niin jos tai kuin joka jotka mitä mikä "
        "missä tämä tämän nämä sen siitä sitä sekä vain voi voidaan voit ole olla olen olet ollut "
        "minä sinä me te he minun sinun hänen meidän heidän nyt sitten jo vielä hyvin paljon "
        "kaikki koska kanssa ennen jälkeen ilman mukaan kuka miten miksi ettei eivät eikä joita "
        "jossa tässä siihen tulee pitää täytyy kaksi aina näin"
    ),
    "cs": (
        "a v se na je že to s z do o i k pro jako ale by za po od jsem jsi jsou jsme jste byl "
        "byla bylo byly být bude budou může mohou není nebo také jen už ještě velmi tak který "
        "která které kteří kterou co kdo kde kdy jak proč tento tato toto tím této těchto ten ta "
        "te já ty on ona oni jeho její jejich mě mi ho mu jí nás nám vás vám si svůj své všechny "
        "vše každý bez pod nad mezi před při podle pokud když protože aby nic něco dva vždy nikdy "
        "ve ze ke než však"
    ),
    "sk": (
        "a v sa na je že to s z do o i k pre ako ale by za po od som si sú sme ste bol bola bolo "
        "boli byť bude budú môže môžu nie alebo tiež len už ešte veľmi tak ktorý ktorá ktoré "
        "ktorí ktorú čo kto kde kedy prečo tento táto toto tým tejto týchto ten tá ja ty on ona "
        "oni jeho jej ich ma mi ho mu nás nám vás vám svoj svoje všetky všetko každý bez pod nad "
        "medzi pred pri podľa ak keď pretože aby nič niečo dva vždy nikdy vo zo ku než však"
    ),
    "hu": (
        "a az és hogy nem is egy van volt ez azt meg de ha csak már még mint vagy akkor el ki be "
        "fel le lesz lehet kell nincs vannak voltak én te ő mi ti ők ezt ezek azok aki ami amely "
        "amelyek hol mikor miért hogyan mert minden nagyon több után előtt között alatt szerint "
        "nélkül által számára való valamint illetve pedig így úgy itt ott most mindig soha két "
        "legyen tud lenne majd sem"
    ),
    "ro": (
        "și şi în de la cu un o este sunt a al ale ai nu că care pe din pentru mai să se au fost "
        "era fi dar sau dacă ca prin după înainte între fără sub peste foarte tot toate toți "
        "acest această aceste acești acel acea eu tu el ea noi voi ei ele lor lui îi îl își îmi "
        "ne vă te mă cum când unde cine ce poate pot trebuie are am ați avea doar încă deja "
        "niciodată întotdeauna doi două iar nici fiecare"
    ),
    "tr": (
        "ve bir bu için ile da de olarak daha çok en gibi kadar sonra önce ama veya ya ki ne "
        "değil var yok olan oldu olduğu olduğunu ise her şey ben sen o biz siz onlar benim senin "
        "onun bizim sizin onların nasıl neden nerede hangi eğer çünkü ancak yalnızca sadece şu "
        "bunu bunun buna göre arasında üzerinde içinde tarafından olabilir edilir hiç bazı bütün "
        "tüm iki artık henüz zaten mi mı mu lütfen"
    ),
    "id": (
        "yang dan di ke dari untuk dengan ini itu adalah tidak pada dalam akan atau juga sudah "
        "telah bisa dapat oleh sebagai karena ada saya kamu anda dia mereka kami kita lebih hanya "
        "jika bila ketika saat harus bukan belum sangat seperti antara setelah sebelum tanpa "
        "tentang apa siapa mana bagaimana mengapa semua setiap satu dua lagi masih agar namun "
        "tetapi bahwa secara para jangan silakan"
    ),
    "vi": (
        "và của là có không được cho trong với các những một này đã đang sẽ để từ khi người tôi "
        "bạn anh chị họ chúng ta như nhưng hoặc nếu vì thì mà cũng rất nhiều hơn chỉ còn đến ra "
        "vào trên dưới sau trước giữa theo phải nên gì nào ai đâu sao tại tất cả mỗi hai vẫn lại"
    ),
    "ca": (
        "el la els les de del dels i que en un una uns unes és són per amb no es seu seva al als "
        "ho li com més però o si ja aquest aquesta aquests aquestes això va ser era ha han havia "
        "hi està estan té tenen pot poden fer molt també sense sobre entre quan on tot tots tota "
        "totes perquè què qui des fins ens em et meu jo ell ella nosaltres vostè res altre altra "
        "altres cada després abans mateix només bé dos sempre mai cal segons amb pel pels"
    ),
    "hr": (
        "i u je na se da su za od s sa o kao ali ili ne nije biti bio bila bilo bili će može mogu "
        "što šta tko ko gdje gde kada kad kako zašto koji koja koje kojih kojem ovaj ova ovo taj "
        "ta to ja ti on ona mi vi oni njegov njihov njezin me mu joj nas nam vas vam svoj sve "
        "svaki bez pod nad između pred prije posle nakon po prema ako jer dok samo već još vrlo "
        "također takođe kroz iz do više uvijek nikad dva nisu jesu smo ste sam bi"
    ),
    "ru": (
        "и в не на что он с как это по но они к у из за то так все она от же о бы его был была "
        "было были есть быть для вы мы ты я мне меня нас вас их ее её ему им или если когда где "
        "кто чтобы только уже еще ещё очень также при без под над между перед после до этот эта "
        "эти этого этой этом который которая которые которых может можно нет да со во ли чем "
        "потому почему два всегда никогда будет нужно себя своих"
    ),
    "uk": (
        "і в не на що він з як це по але вони до у із за то так всі вона від же о б його був була "
        "було були є бути для ви ми ти я мені мене нас вас їх її йому їм або якщо коли де хто щоб "
        "тільки вже ще дуже також при без під над між перед після цей ця ці цього цієї цьому який "
        "яка які яких може можна немає та зі та чи ніж тому чому два завжди ніколи буде потрібно "
        "й щодо свої"
    ),
    "bg": (
        "и в не на че той с как това по но те към у от за то така всички тя да се си са е съм сме "
        "сте беше бяха бъде ще може могат който която което които кой къде кога защо ако когато "
        "само вече още много също при без под над между пред след до този тази тези тях им ги му "
        "я ние вие аз ми ме нас вас или като във със няма има два винаги никога трябва"
    ),
}
"""Small words of languages that share a script with others; scripts of one language need none."""

ENDINGS = {
    "en": "ing tion ions ness ment ould ough ally ted",
    "de": "ung ungen keit heit lich liche ische isch ieren tet schaft",
    "fr": "tion ment eur eurs aient eux euse ité ités ées ère ette ons",
    "es": "ción ciones mente dad ado ados ando iendo aba ería ible",
    "it": "zione zioni mente ità ggio ato ati ando endo ibile ello etto",
    "pt": "ção ções mente dade ado ados ando endo ível agem inho eiro",
    "nl": "ing ingen heid lijk lijke eren aar tje aan oor cht",
    "pl": "ego ach ość ości owy owa owe anie enie nych nym cja cji ów ać ić są",
    "sv": "ning ningen arna erna orna het heten ligt ande else ade ats",
    "da": "ning ningen erne hed heden ligt ende else ede tion eret ger",
    "no": "ing ingen ene het heten lig ende else ert asjon ker",
    "fi": "ssa ssä sta stä lla llä lle lta ltä ksi nen iin aan ään nut nyt taa tää tään een sen",
    "cs": "ního ých ého ost osti ování ení ních ním ství ové ovat ována ováno ů",
    "sk": "ného ých ého osť osti ovanie enie nosť ných ným ství ové ovať nia nie iť ať",
    "hu": "ban ben nak nek val vel ság ség hoz hez ből ról ről tól től tás tés ott ett ető",
    "ro": "ului ilor ele ție ții ată ate ări are ească elor iei ului ul",
    "tr": "lar ler ları leri dır dir mak mek yor ın nin nın ması mesi ıyor iyor lık lik siniz ında",
    "id": "nya kan an lah gan",
    "ca": "ció cions ment tat ats itzar able uda ería eix itat",
    "hr": "nje nja nju ima ije iji osti ost ski ska sko ati iti ava aju ovi anje enje",
    "ru": "ость ости ение ения ать ить ого его ных ным ный ая ия ии ые ться тся ов",
    "uk": "ість ості ення ання ати ити ого ього них ним ний ії ія ться ів ють",
    "bg": "ите ата ият ето ото та ване ване ния ция ост ска ски ява ени ени ът",
}
"""How many of their longer words end."""
