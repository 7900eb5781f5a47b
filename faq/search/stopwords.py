"""Words that say nothing about what is sought, by language. Pure.

Words of negation, of degree and of time stay out of these lists: "not", "without", "more" change what is asked.
"""

_ENGLISH = """
a about am an and any anybody anyone are as at be because been being both but by can could did do does doing each either
else ever every for from further had has have having he hello her here hers hi him his how however i if in into is it
its itself let may me might mine must my of on once one or our ours own please regarding say see shall she should so
some someone something such thank thanks that the their them then there these they this those to too unto upon us was
we were what whats when where whether which while who whom whose why will with would you your yours yet yes
"""

_GERMAN = """
aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim bin bis
bist bitte da dabei dafur damit danke dann darf darfst das dass dazu dein deine dem den denn der deren des dessen dich
die dies diese diesem diesen dieser dieses dir doch dort du durch durfen ein eine einem einen einer eines einige er es
etwas euch euer fur gegenuber gibt geben habe haben hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren
ihrer im in indem ins ist ja jede jedem jeden jeder jedes jene jener jetzt kann kannst konnen konnte man manche mein
meine meinem meinen meiner mich mir mit muss mussen musste nach nun nur ob oder sein seine seinem seinen seiner sich
sie sind so solche soll sollen sollte sollten sowie sowohl um und uns unser unsere unter viel vom von war waren warum
was weil welche welchem welchen welcher welches wenn wer werde werden wie wieder wieso will wir wird wirst wo wofur
wollen wozu wurde wurden zu zum zur
"""

STOP_WORDS = {"de": frozenset(_GERMAN.split()), "en": frozenset(_ENGLISH.split())}
