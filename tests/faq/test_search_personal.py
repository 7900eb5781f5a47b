"""What looks personal is dropped, and medical questions are not."""

import time

import pytest

from faq.search.personal import looks_personal

PERSONAL = [
    # Addresses and accounts.
    "john.doe@example.com asked about storage",
    "dose? reply to maria @ klinik-nord.de",
    "contact jdoe [at] hospital.org",
    "jdoe(ät)praxis.de Dosierung",
    "https://portal.example/chart?patient=77123&view=labs",
    "www.example.org/reset#token=abc123",
    "ftp://anna:secret@files.example/labs",
    "mailto:anna@x tel:+123",
    # Telephone numbers.
    "call me at 212-555-0142 about corvadune",
    "(212) 555-0142",
    "212.555.0142 overdose",
    "1-800-555-0142",
    "+49 30 12345678",
    "Rückruf unter +44 (0)20 7946 0958",
    "07700 900123 missed dose",
    "0171/1234567 Dosis",
    "Telefon 030 1234567",
    "tel. 555 0142 ext",
    "fax number is 5550142",
    # Numbers of persons.
    "123-45-6789",
    "ssn 123 45 6789 imlunestrant",
    "NHS number 943 476 5919",
    "nhs no 9434765919",
    "AB 12 34 56 C national insurance",
    "65 170839 J 003",
    "Versicherte A123456789 Dosis",
    "MRN 00123456 storage",
    "patient number 40221 neutropenia",
    "patient id: 7731-22",
    "medical record no. 5512 3344",
    "Patientennummer 40221",
    "Fall-Nr. 2024/118 Nebenwirkung",
    "insurance policy number AB-1234567",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "9434765919",
    # Days.
    "born 03/07/1961 dose",
    "dob 3/7/61",
    "geb. 12.5.58",
    "12.05.1958 Brustkrebs",
    "1958-05-12 start of treatment",
    "started on March 3, 2024",
    "3rd of March 2024 infusion",
    "3. März 2024 erste Gabe",
    # Names.
    "Mr Smith 72 years imlunestrant",
    "mrs. kowalska missed a dose",
    "mr patel dose",
    "dose for Ms Okonkwo-Bright",
    "Dr. Alvarado asked",
    "Dr. med. Anna Huber",
    "Prof. Lindqvist protocol",
    "Herr Özdemir Dosierung",
    "Dosis bei Frau Wiśniewska",
    "Fr. Brandstätter schwanger",
    "frau müller dosis",
    "patient John Smith",
    "patient john smith neuropathy",
    "Patientin Sabine Oppenländer Dosis",
    "patient: Maria Garcia",
    "patient J. Ferreira",
    "patient named Xiu",
    "Patient namens Toivonen",
    "patient name: Lee",
    "my name is Olu and I take corvadune",
    "Mein Name ist Weiß",
    "ich heiße Ute",
    "I am Sarah Wolffsohn, can I take it",
    "storage question from Thomas K. Becker",
    "anna schmidt brain metastases",
    # Written in another way.
    "john．doe＠example．com",
    "  call   me\tat 212-555-0142 ",
]

MEDICAL = [
    "",
    "NCT01234567",
    "results of NCT 04975308 and ISRCTN12345678",
    "EudraCT 2015-001234-12, EU CT 2022-500123-12-00",
    "US_cFAQ_IML003_BRAIN_METASTASIS",
    "DE_cFAQ_12345678901",
    "PMID 37295844",
    "10.1016/S0140-6736(23)01234567890",
    "NDC 0115-0672-50 gluten",
    "0115-0672-50",
    "PZN 01234567",
    "lot number 123456789012",
    "Charge A1234567890 trüb",
    "https://www.accessdata.fda.gov/label/2025.pdf",
    "1,000,000 IU",
    "1000000 IU vs 3 000 000 IE",
    "vials of 1000000000 copies",
    "10^9/L neutrophils below 1.5 x 10^9/L",
    "123 456 7890 mg",
    "5/10/20 mg tablets",
    "100-200-300 mg",
    "Einnahme 1-0-1",
    "0.5-1.0 mg/kg every 4-6 weeks",
    "02/2025 label change",
    "ALD-5520 half-life",
    "LY3484356 400 mg",
    "CYP3A4 and OATP1B1",
    "IL-2, IL-6, CD19",
    "INR 2.5, ALT 3 x ULN, eGFR 30-59",
    "QTcF 480 ms",
    "hemoglobin 8.1 g/dL, platelets 45000",
    "2024 ASCO data",
    "label of March 2026",
    "study in 2019-2021",
    "50-78-2",
    "Dr",
    "can my dr prescribe it",
    "Dr Reddy's imatinib",
    "Mr imaging of the brain",
    "MR Imaging safe",
    "gliclazide MR 30 mg missed dose",
    "Ms relapse under corvadune",
    "MS Patients with Fatigue",
    "mRS score at 90 days",
    "dexilant DR Capsules",
    "Miss a dose, what now",
    "24 hr. infusion through an 8 Fr. catheter",
    "Fulvestrant and Imlunestrant vs Elacestrant",
    "Verzenio Arimidex combination",
    "patient with brain metastases",
    "Patient Information Leaflet",
    "Patient Assistance Program for Weslumira",
    "can a patient will take it at night",
    "Patient Herzinsuffizienz Kreatinin",
    "patient Wilson disease",
    "patient with Becker muscular dystrophy",
    "patients 1200 mg daily",
    "72 year old woman",
    "72-jährige Frau mit Brustkrebs",
    "Frau schwanger",
    "eine Frau Mammakarzinom Dosis",
    "Dosierung Frau Stillzeit",
    "Herr der Lage",
    "Parkinson disease, Graves disease, Crohn",
    "Hodgkin lymphoma in a 12 year old",
    "May I take it in August 2026?",
    "will mark be hoping for grace",
    "dose at day 1, 15 and 29",
    "vitamin b12 2mg",
    "temperature 2-8 °C (36-46 °F)",
    "E. coli infection",
    "alopecia totalis (AT) is treated how",
    "call your doctor before stopping",
    "what is the name of the active ingredient",
    "case reports of hepatitis",
    "Kann man es mit Grapefruit nehmen?",
    "0 10 20 30 mg",
    "5 mg @ week 4",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_it_recognises_what_may_say_who_somebody_is(text):
    assert looks_personal(text)


@pytest.mark.parametrize("text", MEDICAL)
def test_it_keeps_what_asks_about_medicines(text):
    assert not looks_personal(text)


@pytest.mark.parametrize(
    "filling", ["1", "1-", "0 ", "a@", "Mr ", "patient ", "(", "Anna ", "http://", "10.1234/", "A_"]
)
def test_it_takes_no_long_time_over_hostile_texts(filling):
    started = time.perf_counter()
    looks_personal(filling * (2000 // len(filling)))
    assert time.perf_counter() - started < 0.5
