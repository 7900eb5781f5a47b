"""What HCPs type and which headings that leads to, to begin with; staff change and add to it in the admin."""

from django.db import migrations

from faq.search import analysis

INTENTS_EN = """
used for | indication prescribed approved use
used to treat | indication prescribed approved use
treats | indication prescribed approved use
treat | indication prescribed treatment
treat with | treatment
why prescribed | indication prescribed
what is | indication prescribed information
what are | information
how does | mechanism action
how do | mechanism action
work | mechanism action prescribed indication
works | mechanism action prescribed indication
affect the | mechanism action effect
class | mechanism action pharmacology
what kind of | mechanism action pharmacology description
how to | used dosage administration
how should | used dosage administration
how can i | used dosage administration
how is | used dosage administration
how often | used dosage administration dosing
how many | dosage dose strengths
how much | dosage dose amount
how long | used dosage duration
how fast | pharmacokinetics onset
when to | used dosage administration
when should | used dosage administration
take | used dosage administration
taken | used dosage administration
taking | used precautions
give | used dosage administration
apply | used dosage administration
inject | used dosage administration
injection | used dosage administration
administer | used dosage administration
administered | used dosage administration
leave | used dosage
split | used dosage administration
crush | used dosage administration
swallow | used dosage administration
dose | dosage administration dosing
doses | dosage administration dosing
dosing | dosage dose
mg | dosage dose strengths
stop | used discontinuation withdrawal
stopping | used discontinuation withdrawal
side affects | side effects adverse reactions
side affect | side effects adverse reactions
side effect | adverse reactions
side effects | adverse reactions
adverse | side effects
reaction | side effects adverse
risk | side effects adverse warning
cause | side effects
causes | side effects cause
safe | precautions safety warning contraindication
dangerous | precautions safety warning
precaution | warning precautions
alcohol | precautions interactions
interact | interactions precautions
interaction | precautions interactions
interactions | precautions
together | interactions precautions
with other | interactions precautions
mix | interactions precautions
mixed | interactions precautions
combine | interactions combination
combined | interactions combination
combination | combination
foods | dietary diet food
food | dietary diet
eat | dietary diet food
meal | dietary food administration
diet | dietary food
pregnant | pregnancy
pregnancy | pregnant
breastfeeding | lactation pregnancy
breast feeding | lactation pregnancy
nursing | lactation
store | storage
stored | storage
keep | storage
fridge | storage refrigerator
refrigerate | storage refrigerator
refrigerated | storage refrigerator
temperature | storage
expire | storage expiration
expiration | storage
dispose | disposal storage
throw away | disposal storage
missed | forget dose
miss | forget dose
forgot | forget dose
skip | forget dose
overdose | emergency overdose
too much | emergency overdose
poisoning | emergency overdose
brand | brand names
trade name | brand names
generic | brand names generic
generic for | brand names
other name | brand names
ingredient | ingredients description composition inactive
ingredients | description composition inactive
contain | ingredients description inactive
contains | ingredients description inactive
gluten | ingredients inactive
color | description supplied appearance
look like | description supplied appearance
half life | pharmacokinetics elimination
stay in | pharmacokinetics elimination
prescription | warning dispensing
allergic | hypersensitivity allergy contraindication
inherited | inheritance genetic
hereditary | inheritance genetic
genetic | inherited
prognosis | outlook
life expectancy | outlook prognosis
outlook | prognosis
diagnosed | diagnosis exams tests
diagnosis | exams tests
test for | diagnosis exams tests
tests | exams diagnosis
signs | symptoms
symptom | symptoms
cure | treatment
therapy | treatment
treatments | treatment
prevent | prevention
how common | frequency affected
how many people | frequency affected
who gets | susceptibility risk
out of fridge | storage refrigerator temperature
out of the fridge | storage refrigerator temperature
room temperature | storage temperature
left out | storage temperature
freeze | storage temperature
shelf life | storage expiration
travel | storage temperature
lactating | lactation
fertility | pregnancy contraception
contraception | pregnancy contraception
renal impairment | kidney renal function dose
ckd | renal kidney function
dialysis | renal kidney
cirrhosis | hepatic liver function
dose adjustment | dose modification dosing
dose reduction | dose modification dosing
titrate | dose titration dosing
titration | dose escalation dosing
starting dose | dosage initiation
loading dose | dosage initiation
nausea | gastrointestinal adverse reactions tolerability
tolerated | adverse reactions safety tolerability
tolerability | adverse reactions safety
safety | adverse reactions
toxicity | adverse reactions safety
efficacy | results effect outcomes
effective | efficacy results effect
trial | study results
evidence | study results
surgery | perioperative procedure
switch | switching transition
switched | switching transition
switching | switch transition
levels | monitoring laboratory
monitor | monitoring laboratory
antidote | reversal overdose
reverse | reversal overdose
vaccine | vaccination immunization
mri | imaging
driving | machines drive
compatible | incompatibility compatibility
tube | enteral crush administration
"""
SYNONYMS_EN = """
kidney | renal
liver | hepatic
heart | cardiac
elderly | geriatric
older | elderly
older adults | geriatric
children | pediatric
child | pediatric
kids | children
adolescents | teenagers
tumor | tumour
estrogen | oestrogen
pediatric | paediatric
anemia | anaemia
hemorrhage | haemorrhage
diarrhea | diarrhoea
edema | oedema
esophagus | oesophagus
fetal | foetal
leukemia | leukaemia
fridge | refrigerator
high blood pressure | hypertension
low blood pressure | hypotension
heart attack | myocardial infarction
blood clot | thrombosis
bleeding | hemorrhage
low blood sugar | hypoglycemia
low sugar | hypoglycemia
high blood sugar | hyperglycemia
blood sugar | glucose
sugar | glucose
brain mets | brain metastases
mets | metastases
weight loss | weight reduction
kidney failure | renal failure
throwing up | vomiting
itching | pruritus
rash | exanthema
shot | injection
pill | tablet
pills | tablets
half life | elimination
side effects | adverse reactions
adverse events | adverse reactions
breastfeeding | lactation
blood thinner | anticoagulant
fits | seizures
brain | cns
"""
INTENTS_DE = """
anwendung bei | dosierung anwendung
wie wird | dosierung anwendung
wie oft | dosierung einnahme
wie viel | dosis dosierung
wie lange | dauer anwendung
einnehmen | einnahme dosierung anwendung
einnahme | dosierung anwendung
nehmen | einnahme dosierung
dosis | dosierung
dosieren | dosierung
spritzen | injektion anwendung dosierung
injizieren | injektion anwendung dosierung
mörsern | zerkleinern anwendung
zerkleinern | mörsern anwendung
teilen | anwendung tablette
vergessen | vergessene dosis
verpasst | vergessene dosis
ausgelassen | vergessene dosis
überdosierung | überdosis
überdosis | überdosierung
zu viel | überdosierung
nebenwirkung | nebenwirkungen unerwünschte wirkungen sicherheit
nebenwirkungen | unerwünschte wirkungen sicherheit
unerwünschte | nebenwirkungen
verträglichkeit | nebenwirkungen sicherheit
risiko | sicherheit nebenwirkungen warnhinweise
wirkt | wirkmechanismus
wie wirkt | wirkmechanismus
wirkweise | wirkmechanismus
wofür | anwendungsgebiet indikation zulassung
zugelassen | anwendungsgebiet indikation zulassung
indikation | anwendungsgebiet zulassung
wechselwirkung | wechselwirkungen interaktion
wechselwirkungen | interaktion
interaktion | wechselwirkungen
zusammen mit | wechselwirkungen
kombinieren | wechselwirkungen kombination
alkohol | wechselwirkungen
essen | mahlzeit nahrung einnahme
mahlzeit | nahrung einnahme
nüchtern | mahlzeit nahrung einnahme
schwanger | schwangerschaft
schwangerschaft | schwangere
stillen | stillzeit
stillzeit | stillen
niere | nierenfunktion nierenfunktionsstörung
nieren | nierenfunktion nierenfunktionsstörung
niereninsuffizienz | nierenfunktion nierenfunktionsstörung
leber | leberfunktion leberfunktionsstörung
leberinsuffizienz | leberfunktion leberfunktionsstörung
ältere | alter patienten
kinder | pädiatrie jugendliche
lagern | lagerung aufbewahrung
lagerung | aufbewahrung
aufbewahren | lagerung aufbewahrung
kühlschrank | lagerung aufbewahrung temperatur
ungekühlt | lagerung kühlschrank aufbewahrung
raumtemperatur | lagerung kühlschrank aufbewahrung
haltbar | haltbarkeit lagerung
haltbarkeit | lagerung
absetzen | beenden therapieende
umstellen | umstellung wechsel
hirnmetastasen | zns metastasen
blut hirn schranke | zns
"""
SYNONYMS_DE = """
niere | renal
leber | hepatisch
hirnmetastasen | zns metastasen
gehirn | zns
hirn | zns
bluthochdruck | hypertonie
herzinfarkt | myokardinfarkt
blutung | hämorrhagie
unterzuckerung | hypoglykämie
blutzucker | glukose
schlaganfall | apoplex
nebenwirkungen | unerwünschte wirkungen
spritze | injektion
pille | tablette
krebs | karzinom
thrombose | venöse thromboembolie
blutverdünner | antikoagulans
erbrechen | emesis
übelkeit | nausea
durchfall | diarrhö
juckreiz | pruritus
ausschlag | exanthem
kinder | pädiatrisch
studie | prüfung
"""
FIRST = [
    ("en", "intent", INTENTS_EN),
    ("en", "synonym", SYNONYMS_EN),
    ("de", "intent", INTENTS_DE),
    ("de", "synonym", SYNONYMS_DE),
]


def pairs(lines):
    return [[side.strip() for side in line.split("|")] for line in lines.strip().splitlines()]


def write(apps, schema_editor):
    synonyms = apps.get_model("search", "Synonym")
    first = [
        synonyms(
            language=language, kind=kind, typed=typed, meant=meant,
            typed_key=analysis.key(typed), meant_key=analysis.key(meant),
        )
        for language, kind, lines in FIRST
        for typed, meant in pairs(lines)
    ]
    # Undone, this migration leaves the rows, for staff may have changed them.
    synonyms.objects.bulk_create(first, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [("search", "0002_index_by_own_tokens")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
