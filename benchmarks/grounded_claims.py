"""A source, what may be said of it in other words, and what may not, by what is wrong with it."""

__all__ = ["BORNE_OUT", "CHANGED", "SOURCE"]

SOURCE = (
    "Acme Corp was founded in 1998 by Alice Moreno in Lisbon.\n"
    "The company has 1,250 employees and operates in 14 countries.\n"
    "Revenue grew 12% in 2023 to $3.4 billion, while costs fell by 3 percent.\n"
    "The warranty covers manufacturing defects for five years but does not cover water damage.\n"
    "Customers may return unused items within 30 days of delivery.\n"
    "Refunds are issued by 1 March 2024 at the latest.\n"
    "All premium members get free shipping; some standard members pay $4.99 per order.\n"
    "The Acme X200 weighs 2.5 kg, is 35 cm wide and runs for about 8 hours on one charge.\n"
    "Only managers can approve refunds above $500.\n"
    "The store opens at 9 am and closes at 17:30 from Monday to Friday.\n"
    "Most users finish the setup in ten minutes.\n"
    "The device is not waterproof.\n"
    "Bob Keller became chief executive on April 3, 2019.\n"
    "The factory in Porto employs half of the staff.\n"
    "The plan never expires.\n"
)

BORNE_OUT = (
    "Acme Corp was founded in 1998.",
    "Alice Moreno founded Acme Corp in Lisbon in 1998.",
    "The company has 1250 employees.",
    "It operates in fourteen countries.",
    "Revenue grew by 12 percent in 2023.",
    "Revenue rose 12 per cent to $3,400 million in 2023.",
    "In 2023 revenue was 3.4 billion dollars.",
    "Costs fell 3%.",
    "The warranty covers manufacturing defects for 5 years.",
    "Water damage is not covered by the warranty.",
    "The warranty doesn't cover water damage.",
    "You can return unused items within 30 days of delivery.",
    "Unused items may be returned within thirty days.",
    "Refunds are issued by 2024-03-01 at the latest.",
    "Refunds are issued by March 1st, 2024.",
    "Refunds are issued by 01.03.2024.",
    "Refunds are issued by March 2024.",
    "All premium members get free shipping.",
    "Premium members get free shipping.",
    "Some standard members pay 4.99 dollars per order.",
    "The X200 weighs 2.5 kilograms.",
    "The X200 weighs 2500 g.",
    "It is 35 centimetres wide.",
    "The Acme X200 runs for about eight hours on one charge.",
    "Only managers can approve refunds above 500 dollars.",
    "Refunds above $500 can be approved by managers only.",
    "The store opens at 9:00 and closes at 5:30 pm.",
    "The store opens at 9 a.m. on Monday.",
    "Most users finish setup in 10 minutes.",
    "The device is not waterproof.",
    "The device isn't waterproof.",
    "Bob Keller became chief executive in April 2019.",
    "Bob Keller became chief executive on 3 April 2019.",
    "Bob Keller has been chief executive since 2019.",
    "The Porto factory employs half of the staff.",
    "The Porto factory employs 50% of the staff.",
    "The plan never expires.",
    "The plan does not expire.",
    "Acme has more than 1,200 employees.",
    "Acme has over 1,000 employees.",
    "About 1,300 employees work at the company.",
    "Costs decreased by 3 percent while revenue increased by 12%.",
    "- **Weight**: 2.5 kg",
    "| X200 | 2.5 kg | 35 cm |",
    "The warranty lasts five years [1].",
    "The store is open Monday to Friday.",
    "It weighs two and a half kg.",
    "Refunds over $500 need the approval of managers.",
    "Items can be returned up to 30 days after delivery.",
)
"""Each says no more than the source."""

CHANGED = {
    "date": (
        "Acme Corp was founded in 1989.",
        "Revenue grew 12% in 2022.",
        "Refunds are issued by 2 March 2024.",
        "Refunds are issued by March 1, 2025.",
        "Refunds are issued by 1 May 2024.",
        "The store opens at 9 pm.",
        "The store closes at 6:30 pm.",
        "The store opens on Sunday.",
        "Bob Keller became chief executive on April 4, 2019.",
        "The store opens at 9 am on Saturday.",
    ),
    "name": (
        "Acme Corp was founded in 1998 by Sophie Moreno.",
        "Acme Corp was founded in Madrid in 1998.",
        "Bob Keller founded Acme Corp in Lisbon in 1998.",
        "The X300 weighs 2.5 kg.",
        "Alice Moreno became chief executive on April 3, 2019.",
        "Carol Diaz approved the refund.",
        "The X200 supports Bluetooth 5.0 and NFC.",
    ),
    "number": (
        "The company has 1,350 employees.",
        "The company has 12,500 employees.",
        "The company has 1.25 employees.",
        "The company has 14 employees.",
        "The company operates in 40 countries.",
        "The company operates in 1,250 countries.",
        "Revenue grew 21% in 2023.",
        "Revenue grew 3% in 2023.",
        "Revenue grew to $3.4 million in 2023.",
        "The warranty covers manufacturing defects for 30 days.",
        "You can return unused items within 60 days of delivery.",
        "Standard members pay $4.99 per item per month... $5.99 per order.",
        "The X200 weighs 25 kg.",
        "The X200 weighs 35 kg.",
        "The Acme X200 runs for about 12 hours on one charge.",
        "Only managers can approve refunds above $5,000.",
        "Most users finish the setup in twenty minutes.",
        "The factory in Porto employs a quarter of the staff.",
        "Acme has fewer than 1,000 employees.",
        "Acme has more than 2,000 employees.",
        "The first X200 weighs -2.5 kg.",
    ),
    "negation": (
        "Revenue fell 12% in 2023.",
        "Costs rose by 3 percent.",
        "The warranty covers water damage.",
        "The warranty does not cover manufacturing defects.",
        "Customers may not return unused items.",
        "Managers can not approve refunds above $500.",
        "Only managers can approve refunds below $500.",
        "The device is waterproof.",
        "The factory in Porto does not employ half of the staff.",
        "The plan expires.",
        "No premium members get free shipping.",
        "Refunds are never issued.",
    ),
    "unit": (
        "Revenue grew to €3.4 billion in 2023.",
        "Revenue grew by 12 in 2023.",
        "The warranty covers manufacturing defects for five months.",
        "You can return unused items within 30 weeks of delivery.",
        "The X200 weighs 2.5 g.",
        "The X200 weighs 2.5 pounds.",
        "It is 35 mm wide.",
        "It is 35 inches wide.",
        "It runs for 8 minutes on one charge.",
    ),
    "quantity": (
        "All standard members pay $4.99 per order.",
        "Only premium members get free shipping.",
        "All users finish the setup in ten minutes.",
        "Few users finish the setup in ten minutes.",
    ),
}
"""Each says something else than the source, and what that is."""
