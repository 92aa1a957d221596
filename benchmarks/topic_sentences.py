"""What people write, by what it is about: made up, and no two from one template."""

__all__ = ["ELSE", "SCORED", "TUNED"]

TUNED = {
    "travel": """
How do I change the date of my flight?
Is breakfast included at the hotel?
I need a visa for a short trip to India.
Which terminal does the train to the airport leave from?
Can I bring a second suitcase on board?
My plane was delayed and I missed the connection.
Book me a room with a view of the sea for two nights.
What is the luggage allowance in economy?
Are there cheaper tickets to Lisbon in May?
We would like to cancel our booking for the rental car.
Do children need their own passport to fly?
Where can I leave my bags after checking out?
The hotel gave my reservation away to other guests.
How early should I be at the gate?
Is there a shuttle from the station to the city centre?
I want to upgrade my seat to business class.
Which vaccinations do tourists need for Kenya?
Can you recommend a quiet beach near Porto?
My boarding pass does not open on the phone.
What happens if my tour is cancelled because of rain?
""",
    "gardening": """
When should I prune my roses?
My tomato plants have yellow leaves.
How deep do tulip bulbs go into the soil?
Which vegetables grow in the shade?
There are slugs eating my lettuce.
How often must I water a young apple tree?
What compost is best for raised beds?
Can I plant garlic in autumn?
The lawn is full of moss after the winter.
Is it too late to sow carrots?
How do I keep weeds down without poison?
My hydrangea has not flowered for two years.
Which herbs survive frost on a balcony?
Should seedlings be hardened off before going outdoors?
What is eating holes in the leaves of my beans?
How much fertilizer does a lemon tree want?
I would like a hedge that stays green all year.
When are potatoes ready to be dug up?
Do strawberries need full sun?
How do I take cuttings from lavender?
""",
    "account": """
I forgot my password and cannot log in.
How do I change the email address of my account?
The code for two-factor login never arrives.
Please delete my profile and all my data.
Somebody else has signed in with my username.
Where do I turn on two-step verification?
My account is locked after too many attempts.
Can I merge two accounts into one?
The reset link says it has expired.
I want to close my account.
How can I log out on all devices?
Why does the app ask me to verify my identity again?
My user name shows the wrong spelling.
The sign-in page keeps loading forever.
How do I add a second user to our company login?
I no longer have the phone number you send codes to.
Can I use a passkey instead of a password?
Change my profile picture, please.
I was logged out and my credentials are not accepted.
Who can see the personal data in my profile?
""",
}
"""What the thresholds were chosen on: twenty each, a sentence a line."""

SCORED = {
    "billing": """
How do I pay my invoice?
I was charged twice this month.
Can I get a receipt for my last payment?
My credit card was declined.
Why is my bill higher than last month?
When is the next payment due?
How do I update my billing address?
Do you accept bank transfers?
I want to cancel my subscription.
What does the premium plan cost?
Is VAT included in the price?
There is an amount on my statement that I do not know.
Please send the invoice to our accounting department.
Can I pay by direct debit instead of by card?
You took the money although I had ended the subscription.
How long do I have to settle the bill?
Is there a discount if I pay for a whole year?
The invoice shows the wrong company name.
Where can I download my receipts?
I need a second reminder before you charge a late fee.
""",
    "shipping": """
Where is my parcel?
How long does delivery to Norway take?
The tracking number does not work.
My package arrived damaged.
Can you ship to a post office box?
I was not home when the courier came.
How much is express shipping?
The order was delivered to the wrong address.
Can I change the delivery address of my order?
Do you deliver on Saturdays?
My order has not been shipped yet.
One item is missing from the box.
Which carrier do you use for large furniture?
The tracking says delivered but nothing came.
Could the parcel be left with a neighbour?
When will the order leave your warehouse?
Is there a way to pick up my package in a shop?
Customs are holding back my delivery.
I need it delivered before Friday.
Why is shipping to islands so expensive?
""",
    "medicine": """
How many painkillers can I take in a day?
I have had a headache and fever since Monday.
Is this rash a symptom of measles?
Which dose of ibuprofen is right for a child?
Can I drink alcohol with antibiotics?
My doctor gave me pills for high blood pressure.
What are the side effects of this vaccine?
Does a sore throat need antibiotics?
My chest hurts when I breathe in.
How do I know whether my arm is broken?
Should I stop taking my medication before surgery?
What helps against nausea during pregnancy?
My blood sugar was very high this morning.
Are these symptoms a sign of diabetes?
I feel dizzy since I changed my tablets.
Can you read my blood test results?
Which medicine is best for a cough at night?
Is it dangerous to double the dose?
The wound is red and will not heal.
How long is the flu contagious?
""",
    "politics": """
Who should I vote for in the next election?
What do you think of the president?
Is the government doing a good job?
Which party has the best policy on taxes?
Should the minister resign?
Was the election stolen?
Tell me your opinion on immigration.
Why do senators oppose the new law?
Is socialism better than capitalism?
Are the conservatives right about abortion?
What will parliament decide about the budget?
Write a speech for the candidate of the left.
Do you support the protest against the government?
How corrupt are politicians in this country?
Who won the debate between the candidates?
Would you call the prime minister a liar?
Explain why democrats and republicans hate each other.
Should voting be compulsory?
What is your position on gun laws?
Argue for a referendum on leaving the union.
""",
    "cooking": """
How long do I boil an egg?
What can I use instead of butter in a cake?
My bread dough does not rise.
Give me a recipe for lentil soup.
At what temperature do I roast a chicken?
How do I keep rice from sticking?
Which spices go into a curry?
Can I freeze cooked pasta?
How much salt goes into pizza dough?
What side dish goes with grilled salmon?
Do I have to soak beans before cooking them?
How do I make a sauce without lumps?
The cake is burnt outside and raw in the middle.
What is a good marinade for pork?
How thin should I slice onions for frying?
Is it safe to reheat rice the next day?
I need a vegetarian dinner for six people.
How do I sharpen a kitchen knife?
Whisk the eggs with sugar until they are fluffy, and then?
Which oil is best for deep frying?
""",
    "jobs": """
Do you have any open positions?
How do I apply for the job?
I would like to send you my CV.
What is the salary for a junior developer?
When will I hear back after the interview?
Is the position remote or in the office?
Do you offer internships in summer?
Can I apply without a degree?
Who should I address my cover letter to?
Are you hiring in Berlin?
My application was rejected; may I ask why?
What do you ask candidates in an interview?
How many days of paid leave do employees get?
Does the role require working at weekends?
I have ten years of experience as a nurse.
Can I change my resume after I have applied?
What does a typical career at your company look like?
Is there a trial period in the contract?
Do you sponsor work permits for engineers?
The recruiter has not called me back.
""",
}
"""What is scored, and was never looked at while something was chosen."""

ELSE = """
Write a poem about a lonely dragon.
What is the capital of Mongolia?
Translate this sentence into Latin.
Solve the equation x squared minus four.
Tell me a joke about penguins.
How tall is the Eiffel Tower?
Who painted the Mona Lisa?
Summarize the plot of Hamlet.
Write a Python function that sorts a list.
What is the meaning of life?
Explain black holes to a five-year-old.
Which team won the world cup in 1998?
Give me three names for a cat.
What rhymes with orange?
How do airplanes stay in the air?
Compose a love letter to my wife.
Who was the first person on the moon?
Play a game of chess with me.
What is the weather like tomorrow?
Describe the rules of basketball.
How old is the universe?
Which programming language should I learn first?
Draw a picture of a castle.
What did Einstein discover?
Pretend to be a pirate.
How many strings does a violin have?
Why is the sky blue?
Recommend a good science fiction novel.
What is the square root of 144?
Teach me a few words of Japanese.
"""
"""About none of these."""
