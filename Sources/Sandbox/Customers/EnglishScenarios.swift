/// Conversations in English.
enum EnglishScenarios {
    static let all = Scenario.read(
        """
        # late parcel
        Hi there, my parcel was due yesterday and it still says "in transit"
        Order number is B-2207
        >
        Could you check with the courier? I'm away from Friday
        >
        @react 🙏

        # wrong item
        Hello, you sent me the wrong colour
        @image I ordered green, this is grey
        >
        An exchange would be great, I don't need a refund
        >
        Tomorrow between 9 and 12 works for pickup

        # quote for a company
        Good morning! We are a team of 20 and would like a quote for office chairs
        @document floor-plan.pdf | Here is our floor plan
        >
        Budget is around 4,000
        >
        Can you send it to purchasing@brightfield.example please?

        # change the appointment
        Hey, I have an appointment on Tuesday at 3, can I move it?
        >
        Wednesday morning if possible
        >
        10:30 is perfect, thanks

        # voice note
        @voice
        Sorry for the noise, I was on the train. Did you get my message about the deposit?
        >
        Great, and when would it be refunded?
        >

        # charged twice
        Hi, I think I was charged twice for the same subscription
        @image From my banking app
        >
        Both on the 3rd, 19.99 each
        >
        Alright, I'll keep an eye on it

        # where are you
        Do you have a shop near here?
        @location 51.5136,-0.1365 | Soho | Old Compton Street, London
        >
        And is there step-free access?
        >

        # allergy question
        Quick one: does the house dressing contain sesame?
        >
        Ok then I'll book for four on Saturday, 7 pm
        >
        @react 👍

        # broken on arrival
        The coffee machine I got from you won't turn on
        I tried two sockets already
        >
        @image No light at all
        >
        Yes please, send a replacement

        # invoice
        Could I get a VAT invoice for order B-1990?
        >
        Company is Northgate Ltd
        >
        Received, cheers

        # new address
        Hi, we moved last week. Can you update my delivery address?
        @location 40.7411,-73.9897 | New place | 200 5th Ave, New York
        >
        No, the billing address stays the same
        >

        # a friend told me
        A friend said you do same-day repairs?
        @contact Tom Baker | +44 7700 900123
        >
        It's a cracked screen
        @image Here it is
        >

        # cancel
        I'd like to cancel my order from this morning please
        I picked the wrong size
        >
        No worries, I'll order again in a medium
        >
        """)
}
