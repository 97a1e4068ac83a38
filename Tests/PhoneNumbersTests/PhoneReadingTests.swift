import Domain
import PhoneNumbers
import Testing

@Suite struct PhoneReadingTests {
    @Test(arguments: [
        ("612 345 678 / 912 345 678", ["+34612345678", "+34912345678"]),
        ("612345678,912345678", ["+34612345678", "+34912345678"]),
        ("612345678;912345678", ["+34612345678", "+34912345678"]),
        ("612 345 678 y 912 345 678", ["+34612345678", "+34912345678"]),
        ("+34 612 345 678 +33 6 12 34 56 78", ["+34612345678", "+33612345678"]),
        ("móvil: 612 345 678, fijo: 91 234 56 78", ["+34612345678", "+34912345678"]),
        ("612345678\n912345678", ["+34612345678", "+34912345678"]),
        ("612345678 912345678", ["+34612345678", "+34912345678"]),
        ("612345678/912345678/600111222", ["+34612345678", "+34912345678", "+34600111222"]),
        ("612345678 - 912345678", ["+34612345678", "+34912345678"]),
        ("+52 55 1234 5678 | 0034612345678", ["+525512345678", "+34612345678"]),
        // The second cannot be read: still two numbers.
        ("612 345 678 / 12345678901234567", ["+34612345678"]),
    ])
    func `several numbers in one cell are told apart`(text: String, numbers: [String]) {
        guard case .several(let found) = PhoneReading(text, region: "ES") else {
            Issue.record("\(PhoneReading(text, region: "ES"))")
            return
        }

        #expect(found.map(\.e164) == numbers)
        #expect(throws: PhoneNumberProblem.severalNumbers) { try PhoneNumber(text, region: "ES") }
    }

    @Test func `German numbers with a slash of their own are told apart too`() {
        let reading = PhoneReading("0171/1234567, 0172/7654321", region: "DE")

        #expect(reading == .several(["+491711234567", "+491727654321"].compactMap { try? PhoneNumber($0) }))
    }

    @Test func `one number written twice is one number`() {
        #expect(read("612345678 / 612 34 56 78", "ES") == "+34612345678")
    }

    @Test(arguments: [
        ("Tel: 612 345 678", "ES", "+34612345678"), ("móvil 612.345.678 (casa)", "ES", "+34612345678"),
        ("Juan Pérez – 612 345 678 – trabajo", "ES", "+34612345678"), ("612 345 678, Ana", "ES", "+34612345678"),
        ("電話：0912-345-678（手機）", "TW", "+886912345678"), ("WhatsApp +52 1 55 1234 5678!", "ES", "+525512345678"),
        ("0912345678手機", "TW", "+886912345678"), ("手機0912345678號", "TW", "+886912345678"),
        ("\"612 345 678\"", "ES", "+34612345678"), ("<612 345 678>", "ES", "+34612345678"),
        ("cel.:(55)1234-5678", "MX", "+525512345678"), ("☎ 612 345 678", "ES", "+34612345678"),
        ("৬১২৩৪৫৬৭৮", "ES", "+34612345678"), ("१२०१५५५०१२३", "US", "+12015550123"),
        // Words that the library takes for digits: in Germany 0301234562287 is a number.
        ("030 123456 Haus", "DE", "+4930123456"), ("0664 123456 BAR", "AT", "+43664123456"),
        // But in a number's name they are digits.
        ("1-800-FLOWERS", "US", "+18003569377"), ("1 800 FLOWERS", "US", "+18003569377"),
        ("+३४ ६१२ ३४५ ६७८", "MX", "+34612345678"),
    ])
    func `words and signs around a number do no harm`(text: String, region: String, e164: String) {
        #expect(read(text, region) == e164)
    }

    @Test(arguments: [
        // A letter beside a digit may stand for a digit; the end of a date is no number.
        "612345678casa", "a612 345 67", "6l2 345 678", "612 345 678 casa 2", "612345678@casa", "12.05.2024 612 casa",
    ])
    func `what may hide a mistake is not read past`(text: String) {
        #expect(read(text, "ES") == nil)
    }

    @Test(arguments: [
        ("0034 612 345 678", "+34612345678"), ("00 52 55 1234 5678", "+525512345678"),
        ("0086 131 2345 6789", "+8613123456789"),
    ])
    func `two zeros mean a country code where no country is given`(text: String, e164: String) {
        #expect(read(text, nil) == e164)
    }

    @Test(
        arguments: [
            ("573211703226.0", "CO", "+573211703226", PhoneRepair.spreadsheetDecimals),
            ("5491123151669.00", "AR", "+5491123151669", .spreadsheetDecimals),
            ("31612363893@s.whatsapp.net", "NL", "+31612363893", .chatAddress),
            ("+5491114448922@c.us", "AR", "+5491114448922", .chatAddress),
            ("+54\u{202F}9\u{202F}11\u{202F}2345-2954", "AR", "+5491123452954", .unusualBlanks),
            ("612\u{200E}345\u{200E}678", "ES", "+34612345678", .unusualBlanks),
            ("+1201552981O", "US", "+12015529810", .letterForDigit),
            ("6l2 345 678", "ES", "+34612345678", .letterForDigit),
            ("+34 0612 345 678", "ES", "+34612345678", .trunkZero),
            ("+34 (0) 612 345 678", nil, "+34612345678", .trunkZero),
            ("09 8765 4321", "CL", "+56987654321", .trunkZero),
            ("022 123 8196", "CL", "+56221238196", .trunkZero),
            ("(11) 6142-2966", "BR", "+5511961422966", .formerWriting),
            ("0034612345678", "US", "+34612345678", .zerosForPlus),
            ("5491123456789", "MX", "+5491123456789", .missingPlus),
            ("34 612 345 678", nil, "+34612345678", .missingPlus),
        ] as [(String, String?, String, PhoneRepair)])
    func `a likely number is suggested, never taken`(
        text: String, region: String?, e164: String, repair: PhoneRepair
    ) throws {
        let suggestion = try #require(PhoneSuggestion(for: text, region: region))

        #expect(suggestion.number.e164 == e164)
        #expect(suggestion.repair == repair)
        #expect(read(text, region) == nil)
    }

    @Test(
        arguments: [
            ("+549112O280913", "AR", "+5491120280913"), ("9115O140568", "AR", "+5491150140568"),
            ("+861312348O370", "CN", "+8613123480370"), ("+44795O234567", "GB", "+447950234567"),
            ("+4479S0234567", "GB", nil),
        ] as [(String, String, String?)])
    func `a number is not taken without the letter that stands among its digits`(
        text: String, region: String, meant: String?
    ) {
        #expect(PhoneReading(text, region: region) == .refused(.notANumber))
        #expect(PhoneSuggestion(for: text, region: region)?.number.e164 == meant)
    }

    @Test func `a word before a number and an extension behind it are none of its digits`() throws {
        #expect(try PhoneNumber("tel551161422966", region: "BR").e164 == "+551161422966")
        #expect(try PhoneNumber("+551161422966x804", region: "BR").e164 == "+551161422966")
    }

    @Test(arguments: [
        ("541123426506.0", "AR", "+541123426506"), ("551161422966.0", "BR", "+551161422966"),
        ("5512345678.00", "MX", "+525512345678"), ("912345678.0", "TW", "+886912345678"),
    ])
    func `a number that was taken for an amount is refused, and read by whoever asks for it`(
        text: String, region: String, e164: String
    ) {
        let reading = PhoneReading(text, region: region)

        if case .refused = reading {} else { Issue.record("\(reading)") }
        #expect(PhoneNumber(amount: text, region: region)?.e164 == e164)
    }

    @Test(arguments: ["612345678", "612.345.670", "612345.000", "12.0", "1.5", ".0", "ana.0", ""])
    func `other texts are no amounts that hide a number`(text: String) {
        #expect(PhoneNumber(amount: text, region: "ES")?.validity != .valid)
    }

    @Test(
        arguments: [
            ("4915112345678", "DE", "+4915112345678"), ("62812345678", "ID", "+62812345678"),
            ("+494915112345678", "DE", nil), ("04915112345678", "DE", nil), ("030 120072", "DE", nil),
            ("5532123456", "BR", nil), ("436641234567", "AT", nil),
        ] as [(String, String, String?)])
    func `a fixed line that would be a mobile with a plus before it is doubted`(
        text: String, region: String, meant: String?
    ) throws {
        let number = try PhoneNumber(text, region: region)

        #expect(PhoneSuggestion(doubting: number, in: text)?.number.e164 == meant)
    }

    @Test(arguments: [("612345678/79", "ES"), ("80012425062", "CN")])
    func `no country is suggested at random`(text: String, region: String) {
        #expect(PhoneSuggestion(for: text, region: region) == nil)
    }

    @Test(arguments: ["612345678", "n/a", "", "8.86922E+11", "123", "ana@example.com", "@", ".0", "O", "+", "1234 O 5"])
    func `nothing is suggested where nothing is wrong or nothing is left`(text: String) {
        #expect(PhoneSuggestion(for: text, region: "ES") == nil)
    }

    @Test func `a text without end is looked at no longer than a number's`() {
        let text = String(repeating: "612345678 ", count: 500_000)

        #expect(PhoneReading(text, region: "ES") == .refused(.tooLong))
        #expect(PhoneSuggestion(for: text, region: "ES") == nil)
    }

    @Test func `every repair has a sentence in both languages`() {
        for repair in PhoneRepair.allCases {
            #expect(repair.message.en.hasSuffix("."))
            #expect(repair.message.es.hasSuffix("."))
        }
    }

    @Test func `any text is answered`() {
        let pieces = [
            "+", "00", "612", "345 678", "٦١٢", "＋", "x", "ext.", ";ext=", ";phone-context=", "tel:", "@", "/", ",",
            ";",
            " y ", "\n", "\u{0}", "\u{202F}", "\u{200E}", "O", "E+11", ".0", "(", ")", "-", "💬", "e\u{301}", "電話", "#",
            "*",
            "9999999999999999999999999999999999", "(0)", "52", "1", "\u{1D7D8}",
        ]
        var random = SplitMix64(state: 3)

        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            let region = ["ES", "MX", "AR", "BJ", "US", nil][Int.random(in: 0..<6, using: &random)]

            if case .number(let number) = PhoneReading(text, region: region) {
                #expect((4...20).contains(number.digits.utf8.count), "\(text)")
                #expect(number.digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            } else {
                _ = PhoneSuggestion(for: text, region: region)
            }
        }
    }

    /// E.164 of a valid number.
    private func read(_ text: String, _ region: String?) -> String? {
        guard case .number(let number) = PhoneReading(text, region: region), number.validity == .valid else {
            return nil
        }
        return number.e164
    }
}
