"""One value of each kind of personal data that `pii` looks for, with the word that is usual there.

The values are nobody's: of ranges kept for tests, of invented digits with the right check digit, or
names that many have.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FORMS", "Form"]


class Form(NamedTuple):
    """A value as it is written in a text."""

    kind: str
    country: str
    """Empty where it is looked for unless told otherwise."""
    word: str
    value: str
    score: float
    """How sure it is at least, beside that word."""

    @property
    def text(self) -> str:
        """The value with its word."""
        return f"{self.word}: {self.value}"


FORMS = (
    Form("CREDIT_CARD", "", "credit", "378282000000008", 1.0),
    Form("CRYPTO", "", "wallet", "1111111111111111111114oLvT2", 1.0),
    Form("DATE_TIME", "", "date", "1971-01-01", 0.94),
    Form("EMAIL_ADDRESS", "", "email", "ann@example.com", 1.0),
    Form("IP_ADDRESS", "", "ip", "192.0.2.0", 0.94),
    Form("MAC_ADDRESS", "", "mac", "00-00-5E-00-53-00", 0.94),
    Form("URL", "", "url", "https://example.com", 0.94),
    Form("UUID", "", "uuid", "e3e70682-c209-4cac-a29f-6fbed82c07cd", 0.84),
    Form("PHONE_NUMBER", "", "phone", "+1 202 555 0100", 0.74),
    Form("IBAN_CODE", "", "iban", "DE36000000000000000000", 1.0),
    Form("US_SSN", "", "social", "900-34-7604", 0.84),
    Form("US_ITIN", "", "individual", "973-50-0000", 0.84),
    Form("US_BANK_NUMBER", "", "check", "000000239114", 0.4),
    Form("US_DRIVER_LICENSE", "", "driver", "A0050304", 0.64),
    Form("US_PASSPORT", "", "united", "A00001058", 0.44),
    Form("MEDICAL_LICENSE", "", "medical", "AA0163179", 1.0),
    Form("PERSON", "", "name", "Maria Schneider", 0.8),
    Form("LOCATION", "", "address", "12 Main Street, Springfield", 0.8),
    Form("ORGANIZATION", "", "company", "Acme Inc.", 0.8),
    Form("US_MBI", "us", "medicare", "1A00-A05-KG62", 0.84),
    Form("US_NPI", "us", "npi", "1000020655", 1.0),
    Form("ABA_ROUTING_NUMBER", "us", "aba", "010012651", 1.0),
    Form("US_HEALTH_INSURANCE_MEMBER_ID", "us", "member", "XYZ000000098", 0.44),
    Form("US_PRIOR_AUTHORIZATION_NUMBER", "us", "authorization", "PA-13345415", 0.69),
    Form("US_CLAIM_NUMBER", "us", "claim", "CLM-00000000", 0.69),
    Form("US_PRESCRIPTION_NUMBER", "us", "prescription", "RX-0002266", 0.69),
    Form("US_REFERRAL_NUMBER", "us", "referral", "REF-0000000", 0.69),
    Form("US_PROVIDER_TAX_ID", "us", "tax", "12-0000374", 0.44),
    Form("CA_SIN", "ca", "sin", "900 655 366", 0.84),
    Form("CA_POSTAL_CODE", "ca", "postcode", "K0A4H3", 0.44),
    Form("UK_NHS", "", "national health service", "999 067 7921", 1.0),
    Form("UK_NINO", "uk", "nino", "PZ262143D", 0.84),
    Form("UK_DRIVING_LICENCE", "uk", "dvla", "ASH99001110A9AAA", 0.84),
    Form("UK_PASSPORT", "uk", "passport", "ZZ6940569", 0.44),
    Form("UK_POSTCODE", "uk", "postcode", "W1A 6BD", 0.44),
    Form("UK_VEHICLE_REGISTRATION", "uk", "vehicle", "AA22 BAU", 1.0),
    Form("DE_TAX_ID", "de", "steueridentifikationsnummer", "12345678911", 1.0),
    Form("DE_TAX_NUMBER", "de", "steuernummer", "00/013/96419", 0.54),
    Form("DE_PASSPORT", "de", "reisepass", "CC0197881", 1.0),
    Form("DE_ID_CARD", "de", "personalausweis", "T00295010", 0.84),
    Form("DE_SOCIAL_SECURITY", "de", "rentenversicherungsnummer", "12110100A003", 1.0),
    Form("DE_HEALTH_INSURANCE", "de", "krankenversicherungsnummer", "A000004190", 1.0),
    Form("DE_KFZ", "de", "kennzeichen", "B-AA 000", 0.64),
    Form("DE_HANDELSREGISTER", "de", "handelsregister", "HRB 10000", 0.84),
    Form("DE_PLZ", "de", "plz", "10596", 0.4),
    Form("DE_LANR", "de", "arztnummer", "000120344", 1.0),
    Form("DE_BSNR", "de", "betriebsstättennummer", "720810523", 0.54),
    Form("DE_VAT_ID", "de", "umsatzsteuer-identifikationsnummer", "DE000002068", 1.0),
    Form("DE_FUEHRERSCHEIN", "de", "führerscheinnummer", "BA00000018T", 0.69),
    Form("ES_NIF", "es", "documento nacional de identidad", "00004186T", 1.0),
    Form("ES_NIE", "es", "número de identificación de extranjero", "X0836366V", 1.0),
    Form("ES_PASSPORT", "es", "pasaporte", "AAA062685", 0.4),
    Form("FI_PERSONAL_IDENTITY_CODE", "fi", "hetu", "010160-900Y", 1.0),
    Form("IT_FISCAL_CODE", "it", "codice fiscale", "SHANNA00A10Z100F", 1.0),
    Form("IT_VAT_CODE", "it", "piva", "25349258258", 1.0),
    Form("IT_DRIVER_LICENSE", "it", "patente", "AA0000056T", 0.54),
    Form("IT_IDENTITY_CARD", "it", "carta", "AA0027456", 0.4),
    Form("IT_PASSPORT", "it", "passaporto", "YA0002363", 0.4),
    Form("PL_PESEL", "pl", "PESEL", "06471583033", 1.0),
    Form("SE_PERSONNUMMER", "se", "personnummer", "900111-0007", 1.0),
    Form("SE_ORGANISATIONSNUMMER", "se", "organisationsnummer", "556000-0001", 1.0),
    Form("TR_NATIONAL_ID", "tr", "tc kimlik", "10003531036", 1.0),
    Form("TR_LICENSE_PLATE", "tr", "plaka", "34 AB 100", 1.0),
    Form("IN_AADHAAR", "in", "aadhaar", "2000 0003 0853", 1.0),
    Form("IN_PAN", "in", "pan", "AAAPA0911B", 0.84),
    Form("IN_GSTIN", "in", "gstin", "27AAAPA0000A1Z7", 1.0),
    Form("IN_PASSPORT", "in", "passport", "A1000172", 0.44),
    Form("IN_VOTER", "in", "voter", "ABC0000003", 0.74),
    Form("IN_VEHICLE_REGISTRATION", "in", "RTO", "MH12AA1000", 1.0),
    Form("KR_BRN", "kr", "사업자등록번호", "100-24-03128", 1.0),
    Form("KR_RRN", "kr", "Korean RRN", "900211-1864446", 1.0),
    Form("KR_FRN", "kr", "외국인등록번호", "900111-5000003", 1.0),
    Form("KR_DRIVER_LICENSE", "kr", "운전면허", "11 00 000281 93", 1.0),
    Form("KR_PASSPORT", "kr", "Korean passport", "M000A0681", 0.44),
    Form("PH_PASSPORT", "ph", "passport", "EB9632844", 0.44),
    Form("PH_TIN", "ph", "tin", "100-049-187", 0.4),
    Form("PH_UMID", "ph", "umid", "0000-2553086-7", 0.84),
    Form("SG_NRIC_FIN", "sg", "fin", "G0001828M", 0.84),
    Form("SG_UEN", "sg", "uen", "201000004G", 1.0),
    Form("TH_TNIN", "th", "Thai National ID", "9100000023372", 1.0),
    Form("AU_ABN", "au", "australian business number", "77 000 011 299", 1.0),
    Form("AU_ACN", "au", "australian company number", "000 080 393", 1.0),
    Form("AU_TFN", "au", "tax file number", "100 408 336", 1.0),
    Form("AU_MEDICARE", "au", "medicare", "2029 13089 1", 1.0),
    Form("NG_NIN", "ng", "nin", "10000003862", 1.0),
    Form("NG_VEHICLE_REGISTRATION", "ng", "plate number", "ABC-000DE", 0.84),
    Form("ZA_ID_NUMBER", "za", "id", "9001110102083", 1.0),
    Form("ZA_INCOME_TAX_NUMBER", "za", "sars", "9000078353", 1.0),
    Form("ZA_VAT_NUMBER", "za", "vat", "4000053526", 1.0),
    Form("ZA_COMPANY_REGISTRATION", "za", "cipc", "2010/000000/07", 1.0),
    Form("ZA_PASSPORT", "za", "passport", "A00001784", 1.0),
    Form("ZA_DRIVER_LICENSE", "za", "licence", "60006297ADH", 1.0),
    Form("ZA_TRAFFIC_REGISTER_NUMBER", "za", "traffic register", "0014405550199", 1.0),
    Form("ZA_LICENSE_PLATE", "za", "licence plate", "AA 10 AA GP", 1.0),
    Form("ZA_MOBILE_NUMBER", "za", "phone", "+27 82 000 0000", 0.74),
    Form("ZA_TELEPHONE_NUMBER", "za", "phone", "+27 11 000 0000", 0.74),
)
