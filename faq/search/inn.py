"""Recognises the names of medicines that are not the company's own. Pure.

International nonproprietary names carry the stem of their group (World Health Organization, "The use of stems in the
selection of International Nonproprietary Names (INN) for pharmaceutical substances"): -mab, -statin, -formin. Those
listed here are long enough to end hardly any other word, in English and, without the last e, in German. Older
substances have no stem; the most used of them are listed by name.
"""

import re

_STEMS = """
mab bart nib ciclib parib lisib degib zomib clax gliptin gliflozin glutid glitazon formin gliclazid fibrat sartan
april opril olol dipin xaban gatran parin grel tegravir navir buvir asvir previr ciclovir amivir vudin fovir triptan
gepant setron prazol rizin tadin floxacin cillin cyclin mycin micin penem bactam conazol nidazol fungin mectin azepam
zolam barbital zodon curonium curium fenac profen oxicam coxib oxetin pramin triptylin peridol peridon piprazol zapin
tiapin sidon dronat dronic lukast buterol meterol moterol metason solon nisonid desonid asterid tocin pressin platin
rubicin taxel tecan trexat mustin citabin fosfamid poside oxifen trozol lutamid thiazid semid rolacton codon codein
orphon fentanil fentanyl madol tadol gabalin gabapentin racetam lidomid limus nercept tacept bercept poetin grastim
teplas denafil dalafil dopa vastatin loquin maquin nitidin zatidin motidin metidin ratropium otropium norphin orelin
serelin strelin farelin closporin
"""
_NAMES = """
acetaminophen acitretin adrenalin allopurinol amiodaron articain aspirin azathioprin bupivacain bupropion carbamazepin
chloroquin citalopram clomifen clomiphen clozapin codein colchicin cortison cromoglicin desmopressin dexamethason
digoxin domperidon donepezil doxycyclin epinephrin eplerenon escitalopram estradiol ethambutol ezetimib febuxostat
finasterid fingolimod flecainid fluconazol fluticason fosfomycin fulvestrant furosemid haloperidol heparin
hydrocortison hydroxychloroquin insulin interferon ipratropium isoniazid isotretinoin ivabradin ketamin lamotrigin
letrozol levonorgestrel levothyroxin lidocain linezolid lithium loperamid macrogol memantin mercaptopurin mesalamin
mesalazin methadon methotrexat metoclopramid metronidazol mifepriston mirtazapin misoprostol mometason morphin naloxon
naltrexon natalizumab nitrofurantoin nitroglycerin norepinephrin nystatin ondansetron oxcarbazepin oxytocin
paracetamol phenprocoumon phenytoin prednison propofol pyrazinamid ranolazin rasagilin rifampicin rifampin rituximab
rivastigmin ropinirol sacubitril sertralin sildenafil spironolacton sulfasalazin tacrolimus tamsulosin theophyllin
thyroxin tibolon topiramat torasemid trazodon tretinoin trimethoprim ulipristal valproat vancomycin venlafaxin
warfarin
"""
_SHORTEST = 7
_STEM = re.compile(rf"[a-z]+(?:{'|'.join(_STEMS.split())})e?")
_KNOWN = frozenset(_NAMES.split())


def is_one(word: str) -> bool:
    """Whether `word`, normal as `analysis.words` makes it, is in all likelihood the name of a medicine's substance."""
    if word.removesuffix("e") in _KNOWN:
        return True
    return len(word) >= _SHORTEST and _STEM.fullmatch(word) is not None
