"""Categories of the application tables and their names for people: value in the files → (French, English)."""

from __future__ import annotations

from typing import Final

from scoring_dash.data.schema.builders import Vocabulary

YES_NO: Final[Vocabulary] = {"Y": ("Oui", "Yes"), "N": ("Non", "No")}

CONTRACT_TYPES: Final[Vocabulary] = {
    "Cash loans": ("Prêt personnel", "Personal loan"),
    "Revolving loans": ("Crédit renouvelable", "Revolving credit"),
}

SEXES: Final[Vocabulary] = {"F": ("Femme", "Woman"), "M": ("Homme", "Man")}

INCOME_TYPES: Final[Vocabulary] = {
    "Working": ("Salarié", "Employee"),
    "Commercial associate": ("Associé commercial", "Commercial associate"),
    "Pensioner": ("Retraité", "Pensioner"),
    "State servant": ("Agent public", "Civil servant"),
    "Businessman": ("Chef d'entreprise", "Business owner"),
    "Unemployed": ("Sans emploi", "Unemployed"),
    "Student": ("Étudiant", "Student"),
    "Maternity leave": ("Congé de maternité", "Maternity leave"),
}

EDUCATION_LEVELS: Final[Vocabulary] = {
    "Lower secondary": ("Collège", "Lower secondary"),
    "Secondary / secondary special": ("Secondaire", "Secondary"),
    "Incomplete higher": ("Supérieur non achevé", "Unfinished higher education"),
    "Higher education": ("Supérieur", "Higher education"),
    "Academic degree": ("Doctorat ou titre universitaire", "Academic degree"),
}

FAMILY_STATUSES: Final[Vocabulary] = {
    "Married": ("Marié", "Married"),
    "Civil marriage": ("Union civile", "Civil partnership"),
    "Single / not married": ("Célibataire", "Single"),
    "Separated": ("Séparé", "Separated"),
    "Widow": ("Veuf", "Widowed"),
    "Unknown": ("Inconnue", "Unknown"),
}

HOUSING_TYPES: Final[Vocabulary] = {
    "House / apartment": ("Maison ou appartement", "House or flat"),
    "With parents": ("Chez ses parents", "With parents"),
    "Municipal apartment": ("Logement municipal", "Council housing"),
    "Rented apartment": ("Appartement loué", "Rented flat"),
    "Office apartment": ("Logement de fonction", "Housing provided by the employer"),
    "Co-op apartment": ("Logement en coopérative", "Co-operative flat"),
}

COMPANIONS: Final[Vocabulary] = {
    "Unaccompanied": ("Seul", "Alone"),
    "Family": ("Famille", "Family"),
    "Spouse, partner": ("Conjoint", "Spouse or partner"),
    "Children": ("Enfants", "Children"),
    "Group of people": ("Groupe", "Group of people"),
    "Other_A": ("Autre (A)", "Other (A)"),
    "Other_B": ("Autre (B)", "Other (B)"),
}

WEEKDAYS: Final[Vocabulary] = {
    "MONDAY": ("Lundi", "Monday"),
    "TUESDAY": ("Mardi", "Tuesday"),
    "WEDNESDAY": ("Mercredi", "Wednesday"),
    "THURSDAY": ("Jeudi", "Thursday"),
    "FRIDAY": ("Vendredi", "Friday"),
    "SATURDAY": ("Samedi", "Saturday"),
    "SUNDAY": ("Dimanche", "Sunday"),
}

OCCUPATIONS: Final[Vocabulary] = {
    "Accountants": ("Comptable", "Accountant"),
    "Cleaning staff": ("Agent d'entretien", "Cleaner"),
    "Cooking staff": ("Cuisinier", "Cook"),
    "Core staff": ("Employé qualifié", "Core staff"),
    "Drivers": ("Conducteur", "Driver"),
    "HR staff": ("Ressources humaines", "Human resources"),
    "High skill tech staff": ("Technicien hautement qualifié", "Highly skilled technician"),
    "IT staff": ("Informaticien", "IT specialist"),
    "Laborers": ("Ouvrier", "Labourer"),
    "Low-skill Laborers": ("Ouvrier peu qualifié", "Low-skilled labourer"),
    "Managers": ("Cadre", "Manager"),
    "Medicine staff": ("Personnel de santé", "Health worker"),
    "Private service staff": ("Services aux particuliers", "Personal services"),
    "Realty agents": ("Agent immobilier", "Estate agent"),
    "Sales staff": ("Vendeur", "Sales assistant"),
    "Secretaries": ("Secrétaire", "Secretary"),
    "Security staff": ("Agent de sécurité", "Security guard"),
    "Waiters/barmen staff": ("Serveur ou barman", "Waiter or bartender"),
}

_NUMBERED_ORGANIZATIONS: Final = (
    ("Business Entity Type {}", "Entreprise (type {})", "Company (type {})", 3),
    ("Industry: type {}", "Industrie (type {})", "Industry (type {})", 13),
    ("Trade: type {}", "Commerce (type {})", "Trade (type {})", 7),
    ("Transport: type {}", "Transport (type {})", "Transport (type {})", 4),
)

ORGANIZATIONS: Final[Vocabulary] = {
    "Advertising": ("Publicité", "Advertising"),
    "Agriculture": ("Agriculture", "Farming"),
    "Bank": ("Banque", "Bank"),
    "Cleaning": ("Nettoyage", "Cleaning"),
    "Construction": ("Bâtiment et travaux publics", "Construction"),
    "Culture": ("Culture", "Arts and culture"),
    "Electricity": ("Électricité", "Electricity"),
    "Emergency": ("Services de secours", "Emergency services"),
    "Government": ("Administration", "Government"),
    "Hotel": ("Hôtellerie", "Hotels"),
    "Housing": ("Gestion de logements", "Housing management"),
    "Insurance": ("Assurance", "Insurance"),
    "Kindergarten": ("École maternelle ou crèche", "Nursery school"),
    "Legal Services": ("Services juridiques", "Legal services"),
    "Medicine": ("Santé", "Health care"),
    "Military": ("Armée", "Armed forces"),
    "Mobile": ("Téléphonie mobile", "Mobile telephony"),
    "Other": ("Autre secteur", "Other sector"),
    "Police": ("Police", "Police force"),
    "Postal": ("Poste", "Postal services"),
    "Realtor": ("Immobilier", "Estate agency"),
    "Religion": ("Organisme religieux", "Religious organisation"),
    "Restaurant": ("Restauration", "Restaurants"),
    "School": ("Enseignement scolaire", "School education"),
    "Security": ("Sécurité privée", "Private security"),
    "Security Ministries": ("Ministères de la sécurité", "Security ministries"),
    "Self-employed": ("Travailleur indépendant", "Self-employed"),
    "Services": ("Services", "Service sector"),
    "Telecom": ("Télécommunications", "Telecommunications"),
    "University": ("Université", "University or college"),
    **{
        value.format(number): (fr.format(number), en.format(number))
        for value, fr, en, numbers in _NUMBERED_ORGANIZATIONS
        for number in range(1, numbers + 1)
    },
}

REPAIR_FUNDS: Final[Vocabulary] = {
    "reg oper account": ("Compte de l'opérateur régional", "Regional operator's account"),
    "reg oper spec account": ("Compte spécial de l'opérateur régional", "Regional operator's special account"),
    "org spec account": ("Compte spécial de l'organisme gérant", "Managing body's special account"),
    "not specified": ("Non précisé", "Not specified"),
}

HOUSE_TYPES: Final[Vocabulary] = {
    "block of flats": ("Immeuble d'appartements", "Block of flats"),
    "terraced house": ("Maison mitoyenne", "Terraced house"),
    "specific housing": ("Logement particulier", "Special housing"),
}

WALL_MATERIALS: Final[Vocabulary] = {
    "Panel": ("Panneaux", "Panels"),
    "Stone, brick": ("Pierre ou brique", "Stone or brick"),
    "Block": ("Parpaings", "Blocks"),
    "Wooden": ("Bois", "Wood"),
    "Mixed": ("Matériaux mixtes", "Mixed materials"),
    "Monolithic": ("Béton coulé", "Cast concrete"),
    "Others": ("Autres matériaux", "Other materials"),
}

EMERGENCY_STATES: Final[Vocabulary] = {"Yes": ("Oui", "In disrepair"), "No": ("Non", "Not in disrepair")}
