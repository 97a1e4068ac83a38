import PhoneNumbers
import Testing

@Suite struct WhatsAppNumberTests {
    @Test(arguments: [
        // Brazil: accounts older than the ninth digit are still reported without it.
        ("553188881234", "5531988881234"), ("5531988881234", "5531988881234"), ("551161422966", "5511961422966"),
        ("+55 (11) 96123-0986", "5511961230986"),
        // Mexico: WhatsApp's own ids have 521.
        ("5215512345678", "525512345678"), ("525512345678", "525512345678"), ("+52 1 55 1234 5678", "525512345678"),
        // Argentina: with or without 9, with 15 after area codes of two, three and four digits, with both.
        ("5491123456789", "5491123456789"), ("541123456789", "5491123456789"), ("54111523456789", "5491123456789"),
        ("549111523456789", "5491123456789"), ("54261151234567", "5492611234567"),
        // Benin: every number got 01 in front in 2024.
        ("22997123456", "2290197123456"), ("2290197123456", "2290197123456"),
        ("54294415512345", "5492944512345"), ("543511554321", "5493511554321"), ("542615123456", "5492615123456"),
    ])
    func `the writings of one account are one number`(written: String, canonical: String) {
        #expect(WhatsAppNumber.canonical(written) == canonical)
    }

    @Test(arguments: [
        // Landlines of Brazil never got a ninth digit, toll-free numbers have no area code.
        "551123454567", "55800173731", "558001737310", "5511111111111",
        // Argentina's toll-free numbers have no 9.
        "548001234567", "5491234567890",
        // Too short, too long, or of a country with one writing only.
        "229971234567", "2290012345678", "22901", "229", "5255123", "52155123456789", "54911234567", "16505551234",
        "972987654321", "5678", "1", "52", "54", "55",
        String(repeating: "5", count: 400),
        // What Meta's samples and user ids hold.
        "", "PHONE_NUMBER", "US.13491208655302741918", "HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA",
        "٥٢١٥٥١٢٣٤٥٦٧٨", "+", "-",
    ])
    func `any other text is its own canonical form`(text: String) {
        #expect(WhatsAppNumber.canonical(text) == text)
        #expect(WhatsAppNumber.variants(of: text) == [text])
    }

    @Test(arguments: [
        ("+1 555-078-3881", "15550783881"), ("+972 98 765 4321", "972987654321"), ("(650) 555.1234", "6505551234"),
    ])
    func `separators are dropped`(text: String, digits: String) {
        #expect(WhatsAppNumber.canonical(text) == digits)
        #expect(WhatsAppNumber.variants(of: text) == [digits])
    }

    @Test(arguments: [
        ("5531988881234", ["5531988881234", "553188881234"]), ("553188881234", ["5531988881234", "553188881234"]),
        ("5215512345678", ["525512345678", "5215512345678"]),
        ("5491123456789", ["5491123456789", "541123456789", "54111523456789"]),
        ("542611234567", ["5492611234567", "542611234567", "54261151234567", "54261115234567"]),
        ("2290197123456", ["2290197123456", "22997123456"]), ("16505551234", ["16505551234"]),
    ])
    func `a look-up tries each writing, the canonical one first`(number: String, variants: [String]) {
        #expect(WhatsAppNumber.variants(of: number) == variants)
    }

    @Test func `a newer Brazilian mobile has no writing that is somebody's landline`() {
        #expect(WhatsAppNumber.variants(of: "5511923456789") == ["5511923456789"])
    }

    @Test func `every writing leads back to the same number`() {
        var random = SplitMix64(state: 7)
        let beginnings = [
            "229", "22901", "55", "5511", "55319", "52", "521", "54", "549", "5411", "54911", "54261", "549294", "1",
            "44",
        ]

        for _ in 0..<20_000 {
            let number = someNumber(beginnings, &random)
            let canonical = WhatsAppNumber.canonical(number)
            let variants = WhatsAppNumber.variants(of: number)

            #expect(variants.first == canonical)
            #expect(variants.contains(number) || variants.count > 1, "\(number)")
            #expect(Set(variants).count == variants.count)
            for variant in variants {
                #expect(WhatsAppNumber.canonical(variant) == canonical, "\(number) by way of \(variant)")
            }
        }
    }

    @Test func `the library's numbers and WhatsApp's ids meet in one form`() throws {
        let ids = ["5215512345678", "5491123456789", "5511961230986", "16505551234"]
        let written = [
            ("55 1234 5678", "MX"), ("011 15-2345-6789", "AR"), ("(11) 96123-0986", "BR"), ("6505551234", "US"),
        ]

        for (id, (text, region)) in zip(ids, written) {
            let number = try PhoneNumber(text, region: region)

            #expect(WhatsAppNumber.canonical(number.digits) == WhatsAppNumber.canonical(id))
        }
    }

    private func someNumber(_ beginnings: [String], _ random: inout SplitMix64) -> String {
        let beginning = beginnings[Int.random(in: 0..<beginnings.count, using: &random)]
        let rest = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            String(Int.random(in: 0...9, using: &random))
        }
        return beginning + rest.joined()
    }
}

/// A generator with a fixed seed, so that a failure is the same at the next run.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
