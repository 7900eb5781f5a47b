"""Names that many people bear, and words after a title that are none. Pure.

A given name that is also a word of medical questions (will, may, rose, mark, hope) is not listed: whoever bears it is
recognised by a title or by the sentence only.
"""

_GIVEN = """
adam alan albert alexander alexandra alice alison amanda amy andrea andreas andrew andy angela angelika anja anke ann
anna anne annette anthony antje armin arthur astrid barbara beate benjamin bernd bernhard birgit brenda brian bruce
carl carla carlos carmen carol caroline catherine charles charlotte chris christa christian christina christine
christoph claire claudia cynthia daniel daniela david deborah dennis diana dieter dietmar dirk donald donna dorothea
dorothy edward elena elisabeth elizabeth elke ellen emily emma erich erik erika erwin eva evelyn fatima felix florian
franz franziska friedrich gabriele gary georg george gerald gerd gerhard gertrud gisela gregory guido günter günther
hannah hannelore hans harald harold hartmut heidi heike heinrich heinz helen helena helga helmut henry herbert hermann
holger horst hubert ines ingeborg ingrid irene irmgard isabel isabella jacob james jan jane janet janine jason jean
jeffrey jennifer jens jessica jessie joachim joan johann johanna johannes john jonas jonathan josef joseph joshua
joyce juan judith judy julia julian julie jutta jörg jürgen karen karin karl karl-heinz katharina katherine kathleen
kathrin katja kelly kenneth kerstin kevin kimberly klara klaus kristin kurt larry laura lauren laurie lea lena leon
leonie linda lisa lothar louis louise lucas lucy ludwig luisa lukas lutz magdalena manfred manuel manuela marcus
margaret margarete maria marianne marie marilyn marina mario marion markus marlene martha martin martina mary matteo
matthew matthias megan melanie melissa mia michael michaela michelle mike mohamed mohammed monika nadine nancy natalie
nathan nicholas nico nicole nina noah nora norbert olaf oliver olivia oskar otto pamela patricia patrick paul paula
pauline petra philip philipp phillip rachel rainer ralf ralph raymond rebecca regina reinhard reinhold renate richard
rita robert roger roland rolf ronald rosemarie roswitha rudolf ruth ryan sabine samantha samuel sandra sara sarah
scott sebastian sharon shirley sibylle siegfried sigrid silke silvia simon simone sofia sophia sophie stefan stefanie
stella stephan stephanie stephen steven susan susanne sven svenja sylvia tanja teresa theodor theresa thomas thorsten
tim timothy tobias tom tyler udo ulrich ulrike ursula ute uwe vanessa vera veronika victoria viktor volker walter
waltraud werner wilhelm william wolfgang yvonne zoe
"""

_SURNAMES = """
adams ahmed alvarez anderson arnold bauer baumann beck bennett bergmann brandt busch böhm campbell castillo chavez
clark collins davies davis diaz dietrich ellis engel fischer franke friedrich garcia gomez gonzalez griffin gutierrez
haas hahn harris harrison heinrich henderson hernandez herrmann hoffmann hofmann howard huber jackson jenkins jimenez
johnson johnston jones jäger kaufmann keller kelly khan kowalski kraus krause krämer krüger kuhn könig kühn lehmann
lewis lopez lorenz maier martinez mayer mcdonald meier meyer miller mitchell moore morales morgan morris mueller
murray myers möller müller nelson neumann nguyen nowak o'brien o'connor o'neill ortiz patel patterson perez peters
peterson pfeiffer phillips pohl powell ramirez ramos reyes reynolds richardson richter rivera roberts robertson
robinson rodriguez rogers roth ruiz russell ryan sanchez sanders schmid schmidt schmitt schmitz schneider scholz
schreiber schröder schubert schulte schulz schulze schumacher schuster schäfer scott seidel simmons simpson singh
smith stewart sullivan taylor thompson torres vogel vogt wagner wallace watson williams williamson winkler wright
ziegler zimmermann
"""

# Also words or eponyms of medicine (Wilson, Becker, walker, lang): only after a given name are they surely names.
_AMBIGUOUS = """
allen bach bailey baker becker bell berger beyer blum bock braun brooks brown bush butler carter cook cooper cox cruz
dorn edwards evans falk foster fuchs graf grant gray green groß günther hall hamilton hartmann hill hirsch horn hughes
hunter jost jung kaiser king klein koch kraft kunz kurz köhler lang lange lee long ludwig marsh martin mason maurer
murphy nagel nash otto page pape parker pope price rau ray reed rohde rose sauer schwarz schütz seifert sommer stahl
stein stone straub thiel thomas turner ulrich voss walker walter ward weber weiss weiß wendt werner west white wilson
winter wolf wolff wood woods young zeller
"""

# After Mr, Ms, Dr or Frau these say that an image, a disease, a form of tablets or a woman is meant, or go on.
_NO_NAMES = """
a about after ab als am an and any are as at auf aus bei beim before bin bis by can cannot could das dem den der des
die do does during ein eine einer er es für for from had hat haben has have how i if im in into ist is it its kann
keine may mit must nach nicht no not of oder on or order orders over per pro said says should sie since so soll than
that the their then to um und under unter vom von vs was we were what when where which while who will with without
wegen would you zu zum zur ablation active activity agent agents amylose angiography angiographie capsule capsules
cholangiography coated cohort conditional contrast criteria data delayed diagnosis disease dose doses dosage dosing
drug drugs duration elastography enterography exacerbation extended fda flare formulation generic guided guideline
guidelines healthcare hcl imaging information interaction interactions kontrast label lactation lesion lesions level
levels linac medical medication medications medicine medicines modified mri mutation nurse office oral patient
patients perfusion pharmacy phenotype pill pills population pregnancy pregnant prescribed prescribes prescribing
prescription progression protein rating recommendation recommendations recommended relapse relapses release response
risk safe safety scale scan scans score scores scoring side signal spectrometry spectroscopy study studies switch
symptom symptoms tablet tablets therapy tolerance treatment treatments trial trials urography use using vaccine
vaccines venography version visit warning warnings ambulanz befund behandlung bildgebung blutung brustkrebs dosierung
dosis einnahme erkrankung frau frauen gewicht impfung kind kinder kontrazeption laktation mammakarzinom menopause
monat monate nebenwirkung nebenwirkungen niere osteoporose patientin patientinnen schub schübe schwanger schwangere
schwangerschaft stillend stillt stillzeit tablette tabletten untersuchung verhütung woche wochen wechseljahre falk
kade med pfleger reddy
"""

GIVEN = frozenset(_GIVEN.split())
SURNAMES = frozenset(_SURNAMES.split())
FAMILY = SURNAMES | frozenset(_AMBIGUOUS.split())
NO_NAMES = frozenset(_NO_NAMES.split())
